import type { Resource } from '../../../shared/define';
import { getNew } from './getNew';
import { upsert } from './upsert';

export const contract: Resource = { name: 'Contract', value: 'contract', operations: [getNew, upsert] };

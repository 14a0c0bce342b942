import type { Resource } from '../../../shared/operation/operation';
import { getNew } from './getNew';
import { upsert } from './upsert';

export const contract: Resource = { name: 'Contract', value: 'contract', operations: [getNew, upsert] };

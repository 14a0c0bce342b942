import type { Resource } from '../../../shared/define';
import { getAll } from './getAll';
import { upsert } from './upsert';

export const document: Resource = { name: 'Document', value: 'document', operations: [getAll, upsert] };

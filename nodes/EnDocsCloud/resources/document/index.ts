import type { Resource } from '../../../shared/operation/operation';
import { getAll } from './getAll';
import { upsert } from './upsert';

export const document: Resource = { name: 'Document', value: 'document', operations: [getAll, upsert] };

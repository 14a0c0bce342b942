import type { Resource } from '../../../shared/operation/operation';
import { get } from './get';
import { getAll } from './getAll';

export const entityType: Resource = { name: 'Entity Type', value: 'entityType', operations: [getAll, get] };

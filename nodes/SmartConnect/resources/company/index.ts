import type { Resource } from '../../../shared/operation/operation';
import { getAll } from './getAll';

export const company: Resource = { name: 'Company', value: 'company', operations: [getAll] };

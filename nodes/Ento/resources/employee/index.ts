import type { Resource } from '../../../shared/operation/operation';
import { get } from './get';
import { getAll } from './getAll';

export const employee: Resource = { name: 'Employee', value: 'employee', operations: [getAll, get] };

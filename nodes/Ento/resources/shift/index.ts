import type { Resource } from '../../../shared/operation/operation';
import { get } from './get';
import { getAll } from './getAll';

export const shift: Resource = { name: 'Shift', value: 'shift', operations: [getAll, get] };

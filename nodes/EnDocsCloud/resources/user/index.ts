import type { Resource } from '../../../shared/operation/operation';
import { getAll } from './getAll';

export const user: Resource = { name: 'User', value: 'user', operations: [getAll] };

import type { Resource } from '../../../shared/define';
import { getAll } from './getAll';

export const user: Resource = { name: 'User', value: 'user', operations: [getAll] };

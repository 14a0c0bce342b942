import type { Resource } from '../../../shared/operation/operation';
import { getAll } from './getAll';

export const connection: Resource = { name: 'Connection', value: 'connection', operations: [getAll] };

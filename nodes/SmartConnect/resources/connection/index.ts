import type { Resource } from '../../../shared/define';
import { getAll } from './getAll';

export const connection: Resource = { name: 'Connection', value: 'connection', operations: [getAll] };

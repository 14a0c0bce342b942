import type { Resource } from '../../../shared/operation/operation';
import { get } from './get';

export const database: Resource = { name: 'Database', value: 'database', operations: [get] };

import type { Resource } from '../../../shared/define';
import { get } from './get';

export const database: Resource = { name: 'Database', value: 'database', operations: [get] };

import type { Resource } from '../../../shared/define';
import { upsert } from './upsert';

export const department: Resource = { name: 'Department', value: 'department', operations: [upsert] };

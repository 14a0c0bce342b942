import type { Resource } from '../../../shared/operation/operation';
import { upsert } from './upsert';

export const department: Resource = { name: 'Department', value: 'department', operations: [upsert] };

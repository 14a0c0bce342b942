import type { Resource } from '../../../shared/operation/operation';
import { upsert } from './upsert';

export const employee: Resource = { name: 'Employee', value: 'employee', operations: [upsert] };

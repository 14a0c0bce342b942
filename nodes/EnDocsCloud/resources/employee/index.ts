import type { Resource } from '../../../shared/define';
import { upsert } from './upsert';

export const employee: Resource = { name: 'Employee', value: 'employee', operations: [upsert] };

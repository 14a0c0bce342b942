import type { Resource } from '../../../shared/operation/operation';
import { get } from './get';

export const token: Resource = { name: 'Token', value: 'token', operations: [get] };

import type { Resource } from '../../../shared/operation/operation';
import { get } from './get';
import { validate } from './validate';

export const token: Resource = { name: 'Token', value: 'token', operations: [get, validate] };

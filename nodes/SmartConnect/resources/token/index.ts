import type { Resource } from '../../../shared/define';
import { get } from './get';
import { validate } from './validate';

export const token: Resource = { name: 'Token', value: 'token', operations: [get, validate] };

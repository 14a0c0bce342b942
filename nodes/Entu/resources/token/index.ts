import type { Resource } from '../../../shared/define';
import { get } from './get';

export const token: Resource = { name: 'Token', value: 'token', operations: [get] };

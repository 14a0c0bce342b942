import type { Resource } from '../../../shared/operation/operation';
import { check } from './check';

export const account: Resource = { name: 'Account', value: 'account', operations: [check] };

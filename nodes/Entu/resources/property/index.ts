import type { Resource } from '../../../shared/operation/operation';
import { add } from './add';
import { remove } from './delete';
import { get } from './get';
import { replace } from './replace';

export const property: Resource = { name: 'Property', value: 'property', operations: [get, add, replace, remove] };

import type { Resource } from '../../../shared/operation/operation';
import { create } from './create';
import { remove } from './delete';
import { get } from './get';
import { getAll } from './getAll';
import { update } from './update';

export const record: Resource = { name: 'Record', value: 'record', operations: [getAll, get, create, update, remove] };

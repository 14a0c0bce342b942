import type { Resource } from '../../../shared/operation/operation';
import { count } from './count';
import { create } from './create';
import { remove } from './delete';
import { get } from './get';
import { getAll } from './getAll';
import { update } from './update';

export const entity: Resource = {
	name: 'Entity',
	value: 'entity',
	operations: [getAll, get, create, update, remove, count],
};

import type { Resource } from '../../../shared/operation/operation';
import { count } from './count';
import { create } from './create';
import { remove } from './delete';
import { duplicate } from './duplicate';
import { get } from './get';
import { getActivity } from './getActivity';
import { getAll } from './getAll';
import { getHistory } from './getHistory';
import { recalculate } from './recalculate';
import { update } from './update';
import { upsert } from './upsert';

export const entity: Resource = {
	name: 'Entity',
	value: 'entity',
	operations: [getAll, get, create, update, upsert, remove, count, duplicate, getHistory, getActivity, recalculate],
};

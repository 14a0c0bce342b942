import type { IDataObject } from 'n8n-workflow';

import { listFrom } from '../../../shared/answer/outcome';
import { returnAllOrLimit } from '../../../shared/editor/fields';
import { isRecord, numberOf } from '../../../shared/guards';
import { defineOperation } from '../../../shared/operation/operation';
import { byOffset } from '../../../shared/pages';
import { entityLocator } from '../../editor/fields';
import { requiredId } from '../../values/ids';
import { simplifyValue } from '../../values/simplify';
import { entityPath } from '../../wire/entities';

const PAGE_SIZE = 100;

export const getHistory = defineOperation({
	name: 'Get History',
	value: 'getHistory',
	action: 'Get history of entity',
	description: 'Retrieve the changes of an entity, oldest first',
	effect: 'read',
	simplifies: true,
	fields: [entityLocator, ...returnAllOrLimit()],
	run: async (call) => {
		const path = `${entityPath(call.client, requiredId(call, 'entityId'))}/history`;
		const shape = call.shape(simplifyChange);
		return await call.list(
			byOffset({ offset: 'skip', limit: 'limit' }, PAGE_SIZE),
			async ({ query }) => {
				const body = await call.client.send({ path, query });
				const { changes, count } = isRecord(body) ? body : {};
				return { records: listFrom('Entu', changes, 'changes'), total: numberOf(count) };
			},
			shape,
		);
	},
});

/** A change as a row of a table. */
export function simplifyChange({ type, at, by, old, new: now }: IDataObject): IDataObject {
	return { property: type, at, by, old: valueOf(old), new: valueOf(now) } as IDataObject;
}

/** A side of a change may be missing, null or an empty object (entu.md §5.7). */
function valueOf(value: unknown): unknown {
	return isRecord(value) && Object.keys(value).length > 0 ? simplifyValue(value) : null;
}

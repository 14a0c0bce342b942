import { unexpectedAnswer } from '../../../shared/answer/outcome';
import { isRecord } from '../../../shared/guards';
import { defineOperation } from '../../../shared/operation/operation';
import { record } from '../../../shared/operation/output';
import { databasePath } from '../../wire/entities';

export const get = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get size of database',
	description: 'Retrieve how much the database holds and how much it may hold',
	effect: 'read',
	fields: [],
	run: async (call) => {
		// The form of the answer has changed over the years, so that it is handed on as it is; the entities were always in it (entu.md §5.1).
		const body = await call.client.send({ path: databasePath(call.client) });
		return record(isRecord(body) && body.entities !== undefined ? body : unexpectedAnswer('Entu', 'the size of a database was expected'));
	},
});

import { unexpectedAnswer } from '../../../shared/answer/outcome';
import { notice } from '../../../shared/editor/fields';
import { isRecord } from '../../../shared/guards';
import { defineOperation } from '../../../shared/operation/operation';
import { record } from '../../../shared/operation/output';

export const get = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get Entu token for calls outside n8n',
	description: 'Exchange the API key for a session token and show it with its accounts and expiry',
	effect: 'read',
	hasFixedOutput: true,
	fields: [notice('Whoever sees the token can use it for twelve hours.')],
	run: async (call) => {
		// The credential sends the API key itself to this address, and to no other.
		const body = await call.client.send({ path: '/auth', query: { db: call.client.setting('database') }, revealsToken: true });
		if (!isRecord(body)) return unexpectedAnswer('Entu', 'a token was expected');
		const { accounts, expires, token } = body;
		return record({ accounts, expires, token });
	},
});

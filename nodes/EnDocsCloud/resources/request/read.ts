import { defineOperation } from '../../../shared/operation/operation';
import { records } from '../../../shared/operation/output';
import { answersOf } from '../../wire/post';
import { newRequestId, requestIdOption, sendTraced } from '../../wire/requestId';
import { addressOf, pathField, queryField } from './address';

export const read = defineOperation({
	name: 'Read (GET)',
	value: 'read',
	action: 'Read from any EnDocs address',
	description: 'Read from any address of the API (запрос)',
	effect: 'read',
	fields: [pathField, queryField],
	options: [requestIdOption],
	input: (call) => {
		const requestId = newRequestId(call);
		return { requestId, address: addressOf(call, requestId) };
	},
	run: async (call, { requestId, address }) => {
		const answer = await sendTraced(call, requestId, address);
		const isEmptyList = Array.isArray(answer) && answer.length === 0;
		return records(isEmptyList ? [] : answersOf(answer, { operation: 'read', requestId }));
	},
});

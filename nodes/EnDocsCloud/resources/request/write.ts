import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { refuse } from '../../../shared/answer/failure';
import { isRecord } from '../../../shared/guards';
import type { Call } from '../../../shared/operation/call';
import { defineOperation } from '../../../shared/operation/operation';
import { writeOptions } from '../../editor/formFields';
import { attach, filesField } from '../../values/files';
import { post } from '../../wire/post';
import { newRequestId } from '../../wire/requestId';
import { addressOf, pathField, queryField } from './address';

const bodyField: INodeProperties = {
	displayName: 'Body (JSON)',
	name: 'bodyJson',
	type: 'json',
	default: '{}',
	description: 'The object to send, spelled as EnDocs Cloud wants it',
};

const addRequestId: INodeProperties = {
	displayName: 'Add Request ID',
	name: 'addRequestId',
	type: 'boolean',
	default: true,
	description: 'Whether to add the field RequestID to a body that lacks it',
};

export const write = defineOperation({
	name: 'Write (POST)',
	value: 'write',
	action: 'Write to any EnDocs address',
	description: 'Create, change or delete something at any address of the API (запрос), which takes POST for all of them',
	effect: 'write',
	fields: [pathField, queryField, bodyField, filesField],
	options: [addRequestId, ...writeOptions],
	input: async (call) => {
		const requestId = newRequestId(call);
		const { body, attachments } = await attach(call, bodyOf(call, requestId));
		return { checked: { body, attachments, requestId }, address: addressOf(call, requestId) };
	},
	run: async (call, { checked, address }) => await post(call, address, checked, { operation: 'write' }),
});

function bodyOf(call: Call, requestId: string): IDataObject {
	const given = call.json('bodyJson') ?? {};
	if (!isRecord(given)) return refuse(call.label('bodyJson'), 'is not an object', 'Write it in braces, such as { "Ext_ID": "ERP-731" }');
	const isWanted = (call.optionalFlag('options.addRequestId') ?? true) && !('RequestID' in given);
	return isWanted ? { RequestID: requestId, ...given } : given;
}

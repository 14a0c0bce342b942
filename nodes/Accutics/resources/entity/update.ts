import type { INodeProperties } from 'n8n-workflow';

import { defineOperation } from '../../../shared/operation/operation';
import { json } from '../../../shared/service/request';
import { bodyFields, entityPathFields, queryParameters } from '../../editor/fields';
import { entityAddressOf } from '../../wire/address';
import { send } from '../../wire/answer';
import { requiredObject } from '../../wire/body';
import { outputsOf } from '../../wire/entities';

const updateMethod: INodeProperties = {
	displayName: 'Method',
	name: 'updateMethod',
	type: 'options',
	options: [
		{ name: 'PATCH', value: 'PATCH', description: 'Usually changes the given fields and leaves the others' },
		{ name: 'PUT', value: 'PUT', description: 'Usually replaces the entity, so that fields that are not given are lost' },
	],
	default: 'PATCH',
	description: 'The method that your endpoint takes',
};

export const update = defineOperation({
	name: 'Update',
	value: 'update',
	action: 'Update Accutics entity',
	description: 'Change an entity, if your endpoint supports it',
	effect: 'write',
	fields: [...entityPathFields, updateMethod, ...bodyFields(), queryParameters],
	input: (call) => ({
		address: entityAddressOf(call),
		method: call.choice('updateMethod', ['PATCH', 'PUT']),
		body: requiredObject(call),
	}),
	run: async (call, { address, method, body }) => outputsOf(await send(call.client, { ...address, method, body: json(body) })),
});

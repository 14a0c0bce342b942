import { ofSavedNode } from '../../../shared/editor/fields';
import { refuse } from '../../../shared/answer/failure';
import type { Call } from '../../../shared/operation/call';
import { defineOperation } from '../../../shared/operation/operation';
import { json } from '../../../shared/service/request';
import { entityFields, entityPathFields, queryParameters } from '../../editor/fields';
import { updateMethods } from '../../values/updateMethods';
import { entityAddressOf } from '../../wire/address';
import { send } from '../../wire/answer';
import { requiredEntity } from '../../wire/body';
import { outputsOf } from '../../wire/entities';

/** Nodes that are added now do what the credential says. */
const updateMethod = ofSavedNode({
	displayName: 'Method',
	name: 'updateMethod',
	type: 'options',
	options: updateMethods,
	default: 'PATCH',
	description: 'The method that your endpoint takes',
});

const METHODS = ['PATCH', 'PUT'] as const;

export const update = defineOperation({
	name: 'Update',
	value: 'update',
	action: 'Update Accutics entity',
	description: 'Change an entity, if your endpoint supports it',
	effect: 'write',
	fields: [...entityPathFields, updateMethod, ...entityFields('map'), queryParameters],
	input: async (call) => ({
		address: entityAddressOf(call),
		method: methodOf(call),
		body: await requiredEntity(call),
	}),
	run: async (call, { address, method, body }) => outputsOf(await send(call.client, { ...address, method, body: json(body) })),
});

function methodOf(call: Call): (typeof METHODS)[number] {
	if (call.isOfSavedWorkflow) return call.choice('updateMethod', METHODS);
	const chosen = call.client.setting('updateMethod') || METHODS[0];
	return METHODS.find((method) => method === chosen) ?? refuse('Update Method', `"${chosen}" in the credential is neither PATCH nor PUT`, 'Open the credential and choose one of them');
}

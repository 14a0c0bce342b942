import type { INodeProperties } from 'n8n-workflow';

import { defineOperation } from '../../../shared/operation/operation';
import { record } from '../../../shared/operation/output';
import { wrongShape } from '../../wire/api';
import { WEB_SERVICE } from '../../wire/names';

const token: INodeProperties = {
	displayName: 'Token',
	name: 'token',
	type: 'string',
	typeOptions: { password: true },
	default: '',
	description: 'The token to check; leave empty for the one that n8n holds for the credential',
};

export const validate = defineOperation({
	name: 'Validate',
	value: 'validate',
	action: 'Check whether SmartConnect token is valid',
	description: 'Check whether a token is still valid',
	effect: 'read',
	hasFixedOutput: true,
	authentications: [WEB_SERVICE],
	fields: [token],
	run: async (call) => {
		const given = call.text('token');
		const own = { method: 'POST', path: '/validate', effect: 'read' } as const;
		const valid = await call.client.send(given === '' ? own : { ...own, query: { token: given }, session: false });
		return typeof valid === 'boolean' ? record({ valid }) : wrongShape('true or false was expected');
	},
});

import type { INodeProperties } from 'n8n-workflow';

import { notice } from '../../../shared/editor/fields';
import { textOf } from '../../../shared/guards';
import { defineOperation } from '../../../shared/operation/operation';
import { record } from '../../../shared/operation/output';
import { sendWithPassword } from '../../logIn/password';
import { requiredId } from '../../values/ids';
import { wrongShape } from '../../wire/api';
import { WEB_SERVICE } from '../../wire/names';

const customerId: INodeProperties = {
	displayName: 'Customer ID',
	name: 'customerId',
	type: 'string',
	default: '',
	placeholder: 'e.g. 7d0b7c1e-0000-4000-8000-0000000000c1',
	description: 'The company that the token is for; leave empty for that of the credential',
};

export const get = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get SmartConnect token for calls outside n8n',
	description: 'Log in and show a new token, for calls that are made outside of this node. It is valid for three months.',
	effect: 'read',
	hasFixedOutput: true,
	authentications: [WEB_SERVICE],
	fields: [notice('The token comes out as text. Whoever sees the output of this node can use the web service with it for three months.'), customerId],
	run: async (call) => {
		const companyId = call.text('customerId') === '' ? call.client.setting('customerId') : requiredId(call, 'customerId');
		const token = textOf(await sendWithPassword(call.client, '/GetToken', { companyId })) ?? wrongShape('a token was expected');
		return record({ token, companyId });
	},
});

import { returnAllOrLimit } from '../../../shared/editor/fields';
import { defineOperation } from '../../../shared/operation/operation';
import { sendWithPassword } from '../../logIn/password';
import { listed, toList } from '../../wire/api';
import { WEB_SERVICE } from '../../wire/names';

export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many companies',
	description: 'Retrieve the companies that the user of the credential belongs to, with their Customer IDs',
	effect: 'read',
	authentications: [WEB_SERVICE],
	fields: returnAllOrLimit(),
	run: async (call) => listed(call, toList(await sendWithPassword(call.client, '/GetCompanyList'), 'Id')),
});

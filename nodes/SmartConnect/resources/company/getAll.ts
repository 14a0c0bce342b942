import { defineOperation } from '../../../shared/define';
import { returnAllOrLimit } from '../../../shared/fields';
import { listed, toList } from '../../api';
import { WEB_SERVICE } from '../../names';
import { sendWithPassword } from '../../password';

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

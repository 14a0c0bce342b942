import { returnAllOrLimit } from '../../../shared/editor/fields';
import { defineOperation } from '../../../shared/operation/operation';
import { byLink } from '../../../shared/pages';
import { simplifyUser } from '../../values/simplify';
import { listOf, USERS_PATH } from '../../wire/lists';

export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many EnDocs users',
	description: 'Retrieve a list of the users (пользователи) of the account',
	effect: 'read',
	simplifies: true,
	outputHint: 'In raw form, items hold all that EnDocs Cloud sends, among it the push token of a telephone, which is a secret',
	fields: returnAllOrLimit(),
	run: async (call) => {
		return await call.list(byLink(), async () => listOf(await call.client.send({ path: USERS_PATH })), call.shape(simplifyUser));
	},
});

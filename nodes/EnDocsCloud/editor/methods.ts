import type { IDataObject, INodeListSearchItems } from 'n8n-workflow';

import { listSearch } from '../../shared/editor/lookUps';
import { outputFieldNames } from '../../shared/editor/outputFields';
import { textOf } from '../../shared/guards';
import { enDocsCloud } from '../vendor';
import { listOf, USERS_PATH } from '../wire/lists';

/** Users are the only thing that EnDocs Cloud lists for picking. */
export const methods = {
	loadOptions: { getOutputFields: outputFieldNames(enDocsCloud) },
	listSearch: {
		searchApprovers: searchUsers('displayName'),
		searchManagers: searchUsers('email'),
	},
};

/** @param field what is taken over from the picked user */
function searchUsers(field: 'displayName' | 'email') {
	return listSearch(enDocsCloud, async ({ client }, filter) => {
		const { records } = listOf(await client.send({ path: USERS_PATH }));
		const found = records
			.filter(({ blocked }) => blocked !== true)
			.flatMap((user) => toChoice(user, field))
			.filter(({ name }) => name.toLowerCase().includes(filter.toLowerCase()));
		return { results: found.sort((a, b) => a.name.localeCompare(b.name)) };
	});
}

function toChoice(user: IDataObject, field: 'displayName' | 'email'): INodeListSearchItems[] {
	const value = textOf(user[field]);
	if (!value) return [];
	const [name, email] = [textOf(user.displayName), textOf(user.email)];
	return [{ name: name && email ? `${name} (${email})` : value, value }];
}

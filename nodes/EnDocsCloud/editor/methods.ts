import type { IDataObject, INodeListSearchItems } from 'n8n-workflow';

import { listSearch, type LookUp } from '../../shared/editor/lookUps';
import { outputFieldNames } from '../../shared/editor/outputFields';
import { idIn, textOf } from '../../shared/guards';
import { enDocsCloud } from '../vendor';
import { documentsOfAnyKind, listOf, USERS_PATH } from '../wire/lists';
import { OTHER_ID, OTHER_NAME, STATES, UNPROCESSED } from './choices';

export const methods = {
	loadOptions: { getOutputFields: outputFieldNames(enDocsCloud) },
	listSearch: {
		searchApprovers: searchUsers('displayName'),
		searchManagers: searchUsers('email'),
		searchKinds: listSearch(enDocsCloud, async ({ client, text }, filter) => {
			const type = typeIn(text);
			const documents = /^\d+$/.test(type) ? await documentsOfAnyKind(client, type, statesIn(text)) : [];
			return { results: kindsOf(documents).filter(({ name }) => name.toLowerCase().includes(filter.toLowerCase())) };
		}),
	},
};

/** The type chosen so far; unprocessed documents have theirs by their resource. */
function typeIn(text: LookUp['text']): string {
	if (text('resource') === 'unprocessedDocument') return String(UNPROCESSED);
	return text('documentType') === OTHER_ID ? text('documentTypeId') : text('documentType');
}

/** The state chosen so far, then the others: where there are no documents in it, those tell the kinds too. */
function statesIn(text: LookUp['text']): string[] {
	const chosen = text('state') === OTHER_NAME ? text('stateName') : text('state');
	return [...new Set([chosen, ...STATES.map(([, state]) => state)])].filter((state) => state !== '');
}

/** Each kind with one of its documents, by which a person knows it. */
function kindsOf(documents: readonly IDataObject[]): INodeListSearchItems[] {
	const examples = new Map<string, string>();
	for (const { dockindId, docNumber } of documents) {
		const kind = idIn(dockindId);
		if (kind && !examples.get(kind)) examples.set(kind, textOf(docNumber) ?? '');
	}
	return [...examples]
		.sort(([a], [b]) => Number(a) - Number(b))
		.map(([value, example]) => ({ value, name: example ? `${value} (such as ${example})` : value }));
}

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

import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { toFailure } from '../../shared/answer/errors';
import { fail } from '../../shared/answer/failure';
import { idIn } from '../../shared/guards';
import type { Call } from '../../shared/operation/call';
import { byPageOrLink } from '../../shared/pages';
import { path } from '../../shared/service/paths';
import type { Kind, PollEvent } from '../../shared/trigger/event';
import { comparable, ignoredFields, ignoredFieldsOption } from '../../shared/trigger/fields';
import { snapshot } from '../../shared/trigger/watch/snapshot';
import { readWhole } from '../../shared/trigger/watch/whole';
import { endpointFields, pageSize, pageSizeOf, queryParameters } from '../editor/fields';
import { listAddressOf } from '../wire/address';
import { send } from '../wire/answer';
import { idFieldOf, listPage, PAGE } from '../wire/entities';

const idField: INodeProperties = {
	displayName: 'ID Field',
	name: 'idField',
	type: 'string',
	default: '',
	placeholder: 'e.g. key',
	description: 'Name of the field that tells the entities apart; leave empty for the one that the credential names for this endpoint',
};

/** An event that is found by reading the whole list: neither an order nor a filter by time is documented (accutics.md §2.7). */
export function entityEvent(text: Pick<PollEvent, 'name' | 'value' | 'action' | 'description'>, kind: Kind): PollEvent {
	return {
		...text,
		fields: [...endpointFields, queryParameters, idField],
		options: kind === 'changed' ? [ignoredFieldsOption, pageSize] : [pageSize],
		idOf: (entity, call) => {
			const field = chosenIdField(call);
			return { [field]: entity[field] };
		},
		watched: (call) => {
			const { path: place, query } = listAddressOf(call);
			return [place, query, chosenIdField(call), kind === 'changed' ? ignoredFields(call) : []];
		},
		watch: (call) => watchEntities(call, kind),
	};
}

const chosenIdField = (call: Call): string => call.text('idField') || idFieldOf(call);

function watchEntities(call: Call, kind: Kind): ReturnType<typeof snapshot> {
	const address = listAddressOf(call);
	const field = chosenIdField(call);
	const idOf = (entity: IDataObject): string | undefined => idIn(entity[field]);
	const pager = byPageOrLink(PAGE, pageSizeOf(call), { idOf });
	return snapshot({
		read: async () => await readWhole(pager, async (where) => await listPage(call, address, where), idOf),
		idOf,
		kinds: [kind],
		content: comparable(call),
		fateOf: async (id) => await fateOf(call, address.path + path`/${id}`),
		removed: (id) => ({ [field]: id }),
		advice: {
			narrow: "Narrow down the list with 'Query Parameters', or watch another path",
			id: `Each entity needs a text or a number in "${field}": enter the name of another field under 'ID Field'`,
		},
	});
}

/** Asks for an entity that the list no longer has (accutics.md §5.2). */
async function fateOf(call: Call, place: string): Promise<'gone' | 'there' | 'elsewhere'> {
	try {
		await send(call.client, { path: place });
		return 'there';
	} catch (error) {
		const failure = toFailure(error, (text) => text);
		if (failure.reason === 'not found') return 'gone';
		return failure.reason === 'no access' ? 'elsewhere' : fail(failure);
	}
}

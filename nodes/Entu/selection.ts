import type { IDataObject } from 'n8n-workflow';

import type { Call } from '../shared/call';
import { filterQuery, rawQuery } from './filters';
import { optionalId } from './ids';

/** The query for the entities that the user means: of a type, found by search, and meeting conditions. */
export function selection(call: Call): IDataObject {
	const typeId = optionalId(call, 'typeId');
	const search = call.text('search').normalize('NFC');
	return {
		...(typeId ? { '_type.reference': typeId } : {}),
		...(search ? { q: search } : {}),
		...filterQuery(call),
		...rawQuery(call, 'options.rawQuery'),
	};
}

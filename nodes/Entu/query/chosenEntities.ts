import type { IDataObject } from 'n8n-workflow';

import type { Call } from '../../shared/operation/call';
import { ALL_TYPES } from '../editor/fields';
import { optionalId } from '../values/ids';
import { combined, filterQuery } from './filters';
import { rawQuery } from './rawQuery';

/** The query for the entities that the user means: of a type, found by search, and meeting conditions. */
export function selection(call: Call): IDataObject {
	const typeId = chosenType(call);
	const search = call.narrowingText('search', 'Look at what it gives for this item. To read without a search, leave the field empty by hand').normalize('NFC');
	return combined([
		...(typeId ? [['_type.reference', typeId] as const] : []),
		...(search ? [['q', search] as const] : []),
		...Object.entries(filterQuery(call)),
		...rawQuery(call, 'options.rawQuery'),
	]);
}

/** The type to read; nothing for all types, which nobody should get by mistake. */
function chosenType(call: Call): string | undefined {
	const entered = call.narrowingText('typeId', "Look at what it gives for this item. To read all types, choose 'All Types' from the list");
	return entered === ALL_TYPES ? undefined : optionalId(call, 'typeId');
}

import type { IDataObject } from 'n8n-workflow';

import { refuse } from '../../shared/answer/failure';
import type { Call } from '../../shared/operation/call';
import { ALL_TYPES } from '../editor/fields';
import { BY_NAME, optionalType } from '../values/types';
import { combined, filterEntries, type Entry } from './filters';
import { lengthOf, OneOf } from './oneOf';
import { rawQuery } from './rawQuery';
import { searchWords } from './search';

/**
 * In characters of the address. Servers refuse more than about 16 KB together with the headers, of which the session takes its part
 * (entu.md §5.2, trap 16).
 */
const LONGEST_QUERY = 12_000;

/** The entities that the user means. */
export interface Selection {
	readonly typeId?: string;
	/** What to ask for: the entities of all of these. Several only where one would be too long. */
	readonly queries: readonly [IDataObject, ...IDataObject[]];
}

/** The entities of a type, found by search, and meeting conditions. */
export async function chosenEntities(call: Call): Promise<Selection> {
	const typeId = await chosenType(call);
	const search = call.narrowingText('search', 'Look at what it gives for this item. To read without a search, leave the field empty by hand');
	const entries: Entry[] = [
		...(typeId ? [['_type.reference', typeId] as const] : []),
		...(search ? [['q', searchWords(call.label('search'), search)] as const] : []),
		...(await filterEntries(call, typeId)),
		...rawQuery(call, 'options.rawQuery'),
	];
	return { typeId, queries: inParts(combined(entries)) };
}

/**
 * The query, for what needs one alone.
 * @param parameter display name of the parameter that needs it
 * @param work what Entu is to do
 * @throws FailureError `invalid input` when it must be asked in parts
 */
export function onlyQuery({ queries: [query, ...more] }: Selection, parameter: string, work: string): IDataObject {
	if (more.length === 0) return query;
	return refuse(parameter, `Entu can't ${work} what it must be asked for in parts, as by so many values of 'Is One Of'`, 'Give fewer values');
}

/** The type to read; nothing for all types, which nobody should get by mistake. */
async function chosenType(call: Call): Promise<string | undefined> {
	const entered = call.narrowingText('typeId', "Look at what it gives for this item. To read all types, choose 'All Types' from the list");
	return entered === ALL_TYPES && call.modeOf('typeId') !== BY_NAME ? undefined : await optionalType(call);
}

function inParts(entries: ReadonlyMap<string, string | OneOf>): Selection['queries'] {
	const query = Object.fromEntries([...entries].map(([name, value]) => [name, value instanceof OneOf ? value.text : value]));
	const length = Object.entries(query).reduce((sum, [name, text]) => sum + name.length + lengthOf(text) + 2, 0);
	if (length <= LONGEST_QUERY) return [query];
	const [longest] = [...entries].filter((entry): entry is [string, OneOf] => entry[1] instanceof OneOf).sort(([, a], [, b]) => lengthOf(b.text) - lengthOf(a.text));
	if (!longest) return tooLong(query);
	const [name, values] = longest;
	const [first, ...more] = values.parts(LONGEST_QUERY - (length - lengthOf(values.text))) ?? [];
	if (first === undefined) return tooLong(query);
	return [{ ...query, [name]: first }, ...more.map((text) => ({ ...query, [name]: text }))];
}

function tooLong(query: Readonly<Record<string, string>>): never {
	const [longest] = Object.entries(query).sort(([, a], [, b]) => b.length - a.length);
	return refuse('Filters', 'This is too much to ask of Entu at once', `Compare with fewer or shorter values, or filter in a Filter node: '${longest?.[0]}' alone is ${longest?.[1].length} characters long. Nothing was sent`);
}

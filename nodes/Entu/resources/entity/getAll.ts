import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { refuse } from '../../../shared/answer/failure';
import { readUntilStableOption, returnAllOrLimit } from '../../../shared/editor/fields';
import type { Call } from '../../../shared/operation/call';
import { defineOperation } from '../../../shared/operation/operation';
import { optionalTypeLocator } from '../../editor/fields';
import { chosenPropertiesOption, filters, rawQueryOption, searchText, sort } from '../../editor/listFields';
import { chosenEntities } from '../../query/chosenEntities';
import { chosenProperties } from '../../query/names';
import { isDefinite, sorted, sorting, type Sorting } from '../../query/sorting';
import { Rows } from '../../values/rows';
import { entityPages, LARGEST_PAGE, listPage, type Entity } from '../../wire/entities';

/** What the option begins with when it is added; without it, the node chooses. */
const PAGE_SIZE = 500;

const pageSize: INodeProperties = {
	displayName: 'Page Size',
	name: 'pageSize',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: LARGEST_PAGE },
	default: PAGE_SIZE,
	description: 'How many entities to ask for at once. Without this option, the node asks for 500 first and for the rest in a few large pages.',
};

export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many Entu entities',
	description: 'Retrieve a list of entities by type, search and filters',
	effect: 'read',
	simplifies: true,
	fields: [optionalTypeLocator, ...returnAllOrLimit(), searchText, filters, ...sort],
	options: [chosenPropertiesOption, pageSize, rawQueryOption, readUntilStableOption],
	run: async (call) => {
		const { typeId, queries } = await chosenEntities(call);
		const order = await sorting(call, typeId);
		if (queries.length > 1) assertOneOrder(call, order !== undefined, queries[0].sort !== undefined);
		if (order && queries[0].sort !== undefined) call.note(`'Sort' wins over "sort" of '${call.label('options.rawQuery')}'`);
		const chosen = chosenProperties(call);
		const wanted = chosen.length > 0 ? chosen : propsOf(queries[0]);
		const rows = call.isSimplified ? new Rows(call, typeId) : undefined;
		const list: List = { rows, wanted, props: askedFor(call, wanted, typeId, order) };
		if (chosen.length > 0 && queries[0].props !== undefined) call.note(`'Properties' wins over "props" of '${call.label('options.rawQuery')}'`);
		if (queries.length === 1 && (!order || !call.flag('returnAll') || (await isDefinite(call, order, queries[0])))) {
			return await read(call, { ...queries[0], ...(order ? { sort: order.sort } : {}) }, list, (entity) => shaped(list, entity));
		}
		return await readAndSort(call, queries, list, order);
	},
});

interface List {
	readonly rows: Rows | undefined;
	/** The only properties that the user wants; all, when empty. */
	readonly wanted: readonly string[];
	/** Those to ask for: some are needed beside them. */
	readonly props: readonly string[];
}

type Found = Array<{ json: Entity }>;

async function read(call: Call, query: IDataObject, { rows, props }: List, shape?: (entity: Entity) => IDataObject): Promise<Found> {
	const asked = { ...query, ...(props.length > 0 ? { props: props.join(',') } : {}) };
	return await call.list(
		entityPages(call, pageSizeOf(call)),
		async (page) => {
			const found = await listPage(call.client, { ...asked, ...page.query });
			await rows?.prepare(found.records);
			return found;
		},
		shape,
	);
}

/** Puts in order what the server can't: what it had to be asked for in parts, and what it would not tell apart from page to page. */
async function readAndSort(call: Call, queries: readonly IDataObject[], list: List, order: Sorting | undefined): Promise<Found> {
	const found = new Map<string, Entity>();
	for (const query of queries) {
		for (const { json } of await read(call, withoutOrder(query), list)) found.set(String(json._id), json);
	}
	const inOrder = order ? sorted([...found.values()], order) : [...found.values()].sort((a, b) => (String(a._id) < String(b._id) ? -1 : 1));
	return inOrder.slice(0, call.wanted()).map((entity) => ({ json: shaped(list, entity) }));
}

/** The properties that a raw query asks for. */
function propsOf({ props }: IDataObject): string[] {
	return typeof props === 'string' ? props.split(',') : [];
}

/** The order in the parameter 'Sort' wins over one in a raw query. */
function withoutOrder(query: IDataObject): IDataObject {
	return Object.fromEntries(Object.entries(query).filter(([name]) => name !== 'sort'));
}

/** An entity as the user wants it, without what was only asked for beside it. */
function shaped({ rows, wanted, props }: List, entity: Entity): IDataObject {
	const row = rows ? rows.row(entity) : entity;
	const extra = new Set(props.filter((name) => !wanted.includes(name)).flatMap((name) => (name === '_type' ? ['_type', '_typeId'] : [name])));
	return extra.size === 0 ? row : Object.fromEntries(Object.entries(row).filter(([name]) => !extra.has(name)));
}

/** The type says which properties are lists; what is sorted by must be there to be sorted by. */
function askedFor(call: Call, wanted: readonly string[], typeId: string | undefined, order: Sorting | undefined): string[] {
	if (wanted.length === 0) return [];
	const names = new Set(wanted.map((name) => name.split('.')[0]));
	const needed = [
		...(call.isSimplified && !call.isOfSavedWorkflow && typeId === undefined && !names.has('_type') ? ['_type'] : []),
		...(call.flag('returnAll') ? (order?.keys ?? []).map(({ name, key }) => (names.has(name) ? key : name)) : []),
	];
	const isMissing = (name: string): boolean => !wanted.includes(name) && !wanted.includes(name.split('.')[0] ?? '');
	return [...wanted, ...new Set(needed.filter(isMissing))];
}

/** Of what is asked for in parts, the first so many in an order of their own can't be told. */
function assertOneOrder(call: Call, isSorted: boolean, isSortedRaw: boolean): void {
	if (isSorted ? call.flag('returnAll') : !isSortedRaw) return;
	refuse(isSorted ? 'Sort' : call.label('options.rawQuery'), "Entu must be asked in parts for so many values of 'Is One Of', and can't sort over all of them", "Use the parameter 'Sort' together with 'Return All', leave the order out, or give fewer values");
}

/** Nothing where the user leaves it to the node. */
function pageSizeOf(call: Call): number | undefined {
	const size = Math.floor(call.number('options.pageSize', 0));
	return size === 0 ? undefined : Math.min(LARGEST_PAGE, Math.max(1, size));
}

import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { unexpectedAnswer } from '../../../shared/answer/outcome';
import type { Call } from '../../../shared/operation/call';
import { defineOperation } from '../../../shared/operation/operation';
import { record, records } from '../../../shared/operation/output';
import { optionalTypeLocator } from '../../editor/fields';
import { filters, rawQueryOption, searchText } from '../../editor/listFields';
import { chosenEntities, onlyQuery } from '../../query/chosenEntities';
import { groupKeys } from '../../query/filters';
import type { Key } from '../../query/keys';
import { simplifyField } from '../../values/simplify';
import { listPage, plainPages, valuesOf, type Entity } from '../../wire/entities';

const groupBy: INodeProperties = {
	displayName: 'Group By',
	name: 'groupBy',
	type: 'string',
	default: '',
	placeholder: 'e.g. genre.string,available.boolean',
	description: 'Count for each combination of these properties, each written as property.field and separated by commas',
};

export const count = defineOperation({
	name: 'Count',
	value: 'count',
	action: 'Count Entu entities',
	description: 'Count entities, in all or in groups',
	effect: 'read',
	hasFixedOutput: true,
	fields: [optionalTypeLocator, searchText, filters],
	options: [groupBy, rawQueryOption],
	run: async (call) => {
		const chosen = await chosenEntities(call);
		const { typeId, queries } = chosen;
		const group = await groupKeys(call, call.option('groupBy'), typeId);
		if (group.length === 0) return record({ count: queries.length === 1 ? await total(call, queries[0]) : await countInParts(call, queries) });
		const props = [...new Set(group.map(({ name }) => name))].join(',');
		const page = await listPage(call.client, { ...onlyQuery(chosen, 'Group By', 'group'), group: group.map(({ key }) => key).join(','), props });
		return records(page.records.map((row) => toGroup(row, group)));
	},
});

async function total(call: Call, query: IDataObject): Promise<number> {
	const { total: counted } = await listPage(call.client, { ...query, props: '_id', limit: 1 });
	return counted ?? unexpectedAnswer('Entu', 'the number of entities was expected');
}

/** An entity with several values may be in several parts, so that their numbers can't be added up. */
async function countInParts(call: Call, queries: readonly IDataObject[]): Promise<number> {
	const ids = new Set<unknown>();
	for (const query of queries) {
		const ask = async (page: { query?: IDataObject }): ReturnType<typeof listPage> => await listPage(call.client, { ...query, props: '_id', ...page.query });
		for await (const page of call.pages(plainPages(), ask, Infinity)) for (const { _id } of page) ids.add(_id);
	}
	return ids.size;
}

/** A row for a group: the first entity in it shows what its values are; where it lacks a property, or hides it, there is none. */
function toGroup({ _count, ...row }: Entity, group: readonly Key[]): IDataObject {
	const isAlone = ({ name }: Key): boolean => group.filter((other) => other.name === name).length === 1;
	const named = group.flatMap((key): Array<[string, IDataObject[string]]> => {
		const values = valuesOf(row, key.name).filter((value) => value[key.field] !== undefined);
		return values.length === 0 ? [] : [[isAlone(key) ? key.name : key.key, simplifyField(values, key.field)]];
	});
	return { count: _count, ...Object.fromEntries(named) };
}

import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { unexpectedAnswer } from '../../../shared/answer/outcome';
import { defineOperation } from '../../../shared/operation/operation';
import { record, records } from '../../../shared/operation/output';
import { optionalTypeLocator } from '../../editor/fields';
import { filters, rawQueryOption, searchText } from '../../editor/listFields';
import { selection } from '../../query/chosenEntities';
import { groupKeys } from '../../query/filters';
import { simplifyEntity } from '../../values/simplify';
import { listPage, valuesOf, type Entity } from '../../wire/entities';

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
	action: 'Count entities',
	description: 'Count entities, in all or in groups',
	effect: 'read',
	fields: [optionalTypeLocator, searchText, filters],
	options: [groupBy, rawQueryOption],
	run: async (call) => {
		const query = selection(call);
		const group = groupKeys(call.option('groupBy'));
		if (group.length === 0) {
			const { total } = await listPage(call.client, { ...query, props: '_id', limit: 1 });
			return record({ count: total ?? unexpectedAnswer('Entu', 'the number of entities was expected') });
		}
		const props = group.map((key) => key.split('.')[0]).join(',');
		const page = await listPage(call.client, { ...query, group: group.join(','), props });
		return records(page.records.map((row) => toGroup(row)));
	},
});

function toGroup({ _count, ...row }: Entity): IDataObject {
	const names = Object.keys(row).filter((name) => valuesOf(row, name).length > 0);
	return { count: _count, ...simplifyEntity(Object.fromEntries(names.map((name) => [name, row[name]]))) };
}

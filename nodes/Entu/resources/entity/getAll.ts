import type { INodeProperties } from 'n8n-workflow';

import { readUntilStableOption, returnAllOrLimit, simplify } from '../../../shared/editor/fields';
import type { Call } from '../../../shared/operation/call';
import { defineOperation } from '../../../shared/operation/operation';
import { optionalTypeLocator } from '../../editor/fields';
import { chosenPropertiesOption, filters, rawQueryOption, searchText, sort } from '../../editor/listFields';
import { selection } from '../../query/chosenEntities';
import { sortQuery } from '../../query/filters';
import { simplifyEntity } from '../../values/simplify';
import { chosenProperties, entityPages, listPage } from '../../wire/entities';

const PAGE_SIZE = 200;

const pageSize: INodeProperties = {
	displayName: 'Page Size',
	name: 'pageSize',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 1000 },
	default: PAGE_SIZE,
	description: 'How many entities to ask for at once',
};

export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many entities',
	description: 'Retrieve a list of entities by type, search and filters',
	effect: 'read',
	fields: [optionalTypeLocator, ...returnAllOrLimit(), searchText, filters, sort, simplify()],
	options: [chosenPropertiesOption, pageSize, rawQueryOption, readUntilStableOption],
	run: async (call) => {
		const props = chosenProperties(call);
		const query = { ...selection(call), ...sortQuery(call), ...(props.length > 0 ? { props: props.join(',') } : {}) };
		const pager = entityPages(call, pageSizeOf(call));
		const shape = call.flag('simplify') ? simplifyEntity : undefined;
		return await call.list(pager, async (page) => await listPage(call.client, { ...query, ...page.query }), shape);
	},
});

function pageSizeOf(call: Call): number {
	return Math.min(1000, Math.max(1, Math.floor(call.number('options.pageSize', PAGE_SIZE))));
}

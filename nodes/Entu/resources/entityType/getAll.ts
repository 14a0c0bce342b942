import { readUntilStableOption, returnAllOrLimit, simplify } from '../../../shared/editor/fields';
import { defineOperation } from '../../../shared/operation/operation';
import { simplifyEntity } from '../../values/simplify';
import { entityPages, listPage } from '../../wire/entities';

const PAGE_SIZE = 100;

export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many entity types',
	description: 'Retrieve a list of entity types',
	effect: 'read',
	fields: [...returnAllOrLimit(), simplify()],
	options: [readUntilStableOption],
	run: async (call) => {
		const isSimple = call.flag('simplify');
		const query = { '_type.string': 'entity', sort: 'name.string', ...(isSimple ? { props: 'name,label' } : {}) };
		const pager = entityPages(call, PAGE_SIZE);
		const shape = isSimple ? simplifyEntity : undefined;
		return await call.list(pager, async (page) => await listPage(call.client, { ...query, ...page.query }), shape);
	},
});

import { readUntilStableOption, returnAllOrLimit } from '../../../shared/editor/fields';
import { defineOperation } from '../../../shared/operation/operation';
import { simplifyEntity } from '../../values/simplify';
import { entityPages, listPage, type Entity } from '../../wire/entities';

export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many entity types',
	description: 'Retrieve a list of entity types',
	effect: 'read',
	simplifies: true,
	fields: [...returnAllOrLimit()],
	options: [readUntilStableOption],
	run: async (call) => {
		const query = { '_type.string': 'entity', sort: 'name.string', ...(call.output === 'simplified' ? { props: 'name,label' } : {}) };
		const pager = entityPages(call);
		const shape = call.isSimplified ? (type: Entity) => simplifyEntity(type) : undefined;
		return await call.list(pager, async (page) => await listPage(call.client, { ...query, ...page.query }), shape);
	},
});

import { defineOperation } from '../../../shared/operation/operation';
import { record } from '../../../shared/operation/output';
import { entityLocator } from '../../editor/fields';
import { requiredId } from '../../values/ids';
import { getEntity, valuesOf } from '../../wire/entities';
import { RIGHT_PROPERTIES, rightsOf } from './rights';

export const get = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get who has access to entity',
	description: 'Retrieve who may do what with an entity',
	effect: 'read',
	simplifies: true,
	fields: [entityLocator],
	run: async (call) => {
		const id = requiredId(call, 'entityId');
		const entity = await getEntity(call.client, id, [...RIGHT_PROPERTIES, '_sharing', '_inheritrights']);
		if (!call.isSimplified) return record(entity);
		return record({
			_id: id,
			sharing: valuesOf(entity, '_sharing')[0]?.string ?? 'private',
			inheritRights: valuesOf(entity, '_inheritrights')[0]?.boolean === true,
			rights: rightsOf(entity).map(({ right, personId, personName, inherited }) => ({
				right,
				person: { _id: personId, name: personName },
				inherited,
			})),
		});
	},
});

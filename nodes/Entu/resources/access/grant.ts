import { defineOperation, record } from '../../../shared/define';
import { writeValues } from '../../api';
import { entityLocator, personLocator } from '../../fields';
import { requiredId } from '../../ids';
import { right } from './fields';

export const grant = defineOperation({
	name: 'Grant',
	value: 'grant',
	action: 'Grant right to person',
	description: 'Give a person a right on an entity, in place of the one they have there',
	effect: 'write',
	fields: [entityLocator, personLocator, right],
	input: (call) => ({
		id: requiredId(call, 'entityId'),
		personId: requiredId(call, 'personId'),
		granted: call.requiredText('right'),
	}),
	run: async (call, { id, personId, granted }) => {
		await writeValues(call.client, id, [{ type: `_${granted}`, reference: personId }]);
		return record({ _id: id, person: personId, right: granted });
	},
});

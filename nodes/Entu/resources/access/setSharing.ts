import { defineOperation, record } from '../../../shared/define';
import { entityLocator } from '../../fields';
import { requiredId } from '../../ids';
import { replaceValues } from '../../replace';
import { sharingField } from './fields';

export const setSharing = defineOperation({
	name: 'Set Sharing',
	value: 'setSharing',
	action: 'Set sharing of entity',
	description: 'Set who may read an entity beside the persons with a right',
	effect: 'write',
	fields: [entityLocator, sharingField],
	input: (call) => ({ id: requiredId(call, 'entityId'), sharing: call.requiredText('sharing') }),
	// A second value would be without effect, so that the first must be overwritten (entu.md §4.4).
	run: async (call, { id, sharing }) => {
		await replaceValues(call.client, id, [{ property: '_sharing', values: [{ type: '_sharing', string: sharing }] }]);
		return record({ _id: id, sharing });
	},
});

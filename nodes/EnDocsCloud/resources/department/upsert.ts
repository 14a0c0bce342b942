import { defineOperation } from '../../../shared/define';
import { locator } from '../../../shared/fields';
import { additional, additionalFieldsOf, draftOf, formExtras, textField, writeOptions } from '../../draft';
import { externalId, name, organizationFields, organizationOf } from '../../parts';
import { post } from '../../write';

const manager = locator({
	displayName: 'Manager',
	name: 'manager',
	description: 'Email address of the head of the department, as in the account of the user',
	search: 'searchManagers',
	typed: 'By Email',
	placeholder: 'e.g. vera@listvennitsa.example',
	required: false,
});

export const upsert = defineOperation({
	name: 'Create or Update',
	value: 'upsert',
	action: 'Create or update department',
	description: 'Create a new department, or update the current one if it already exists (upsert)',
	effect: 'write',
	fields: [
		externalId,
		name,
		manager,
		additionalFieldsOf([
			textField('Code', 'code', 'Code of the department'),
			textField('Full Name', 'fullName', 'Full name of the department'),
			...organizationFields,
		]),
		...formExtras,
	],
	options: writeOptions,
	input: async (call) =>
		await draftOf(call, {
			Ext_ID: call.requiredText('extId'),
			Name: call.requiredText('name'),
			FullName: additional(call, 'fullName'),
			manager: call.text('manager'),
			Code: additional(call, 'code'),
			Organization: organizationOf(call),
		}),
	run: async (call, draft) =>
		await post(call, '/Dictionaries/AddOrUpdateDepartment', draft, { operation: 'upsert', extId: draft.body.Ext_ID }),
});

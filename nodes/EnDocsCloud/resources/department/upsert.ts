import { locator } from '../../../shared/editor/fields';
import { defineOperation } from '../../../shared/operation/operation';
import { externalId, name, organizationFields, organizationOf } from '../../editor/commonFields';
import { additionalFieldsOf, formExtras, formOptions, textField } from '../../editor/formFields';
import { additional, checkedForm } from '../../values/checkedForm';
import { post } from '../../wire/post';

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
	description: 'Create a new department (подразделение), or update the current one if it already exists (upsert)',
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
	options: formOptions,
	input: async (call) =>
		await checkedForm(call, {
			Ext_ID: call.requiredText('extId'),
			Name: call.requiredText('name'),
			FullName: additional(call, 'fullName'),
			manager: call.text('manager'),
			Code: additional(call, 'code'),
			Organization: organizationOf(call),
		}),
	run: async (call, checked) =>
		await post(call, '/Dictionaries/AddOrUpdateDepartment', checked, { operation: 'upsert', extId: checked.body.Ext_ID }),
});

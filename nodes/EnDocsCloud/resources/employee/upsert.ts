import type { INodeProperties } from 'n8n-workflow';

import { defineOperation } from '../../../shared/operation/operation';
import { organizationFields, organizationOf } from '../../editor/commonFields';
import { additionalFieldsOf, formExtras, formOptions, textField } from '../../editor/formFields';
import { additional, checkedForm } from '../../values/checkedForm';
import { dateOf } from '../../values/dates';
import { post } from '../../wire/post';

const birthdate: INodeProperties = {
	displayName: 'Birthdate',
	name: 'birthdate',
	type: 'dateTime',
	typeOptions: { dateOnly: true },
	default: '',
	description: 'Date of birth; it is sent as dd.MM.yyyy, in the time zone of the workflow',
};

const email = textField('Email', 'email', 'Email address of the employee', { placeholder: 'e.g. name@email.com' });

export const upsert = defineOperation({
	name: 'Create or Update',
	value: 'upsert',
	action: 'Create or update EnDocs employee',
	description: 'Create a new employee (сотрудник), or update the current one if it already exists (upsert)',
	effect: 'write',
	fields: [
		textField('External ID', 'extId', 'ID of the employee in your own system (Ext_ID); without one, each run may create the person anew', {
			placeholder: 'e.g. E-19',
		}),
		textField('First Name', 'firstName', 'Given name of the employee', { required: true }),
		textField('Middle Name', 'middleName', 'Patronymic of the employee; EnDocs Cloud requires the field, so that it is sent empty for people without one'),
		textField('Last Name', 'lastName', 'Family name of the employee', { required: true }),
		additionalFieldsOf([
			birthdate,
			textField('Department External ID', 'departmentExtId', 'ID of the department in your system'),
			textField('Department Name', 'departmentName', 'Name of the department'),
			email,
			textField('Mobile Phone', 'mobilePhone', 'Mobile telephone number of the employee'),
			...organizationFields,
		]),
		...formExtras,
	],
	options: formOptions,
	input: async (call) =>
		await checkedForm(
			call,
			{
				Ext_ID: call.text('extId'),
				FirstName: call.requiredText('firstName'),
				LastName: call.requiredText('lastName'),
				email: additional(call, 'email'),
				birthdate: dateOf(call, 'additionalFields.birthdate'),
				MobilePhone: additional(call, 'mobilePhone'),
				department: { ext_id: additional(call, 'departmentExtId'), Name: additional(call, 'departmentName') },
				Organization: organizationOf(call),
			},
			{ MiddleName: call.text('middleName') },
		),
	run: async (call, checked) => {
		const extId = checked.body.Ext_ID;
		return await post(call, '/Dictionaries/AddOrUpdateEmployee', checked, { operation: 'upsert', ...(extId ? { extId } : {}) });
	},
});

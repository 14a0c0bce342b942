import { defineOperation } from '../../../shared/operation/operation';
import { externalId, name } from '../../editor/commonFields';
import { additionalFieldsOf, formExtras, formOptions, textField } from '../../editor/formFields';
import { additional, checkedForm } from '../../values/checkedForm';
import { post } from '../../wire/post';

export const upsert = defineOperation({
	name: 'Create or Update',
	value: 'upsert',
	action: 'Create or update counterparty',
	description: 'Create a new counterparty (контрагент), or update the current one if it already exists (upsert)',
	effect: 'write',
	fields: [
		externalId,
		name,
		additionalFieldsOf([
			textField('Address', 'address', 'Address of the counterparty'),
			textField('Contact', 'contact', 'Person to talk to'),
			textField('Diadoc ID', 'diadocId', 'ID of the counterparty in Diadoc'),
			textField('Full Name', 'fullName', 'Full name of the counterparty'),
			textField('INN', 'inn', 'INN of the counterparty (ИНН)'),
			textField('KPP', 'kpp', 'KPP of the counterparty (КПП)'),
			textField('Phone', 'phone', 'Telephone number of the counterparty'),
		]),
		...formExtras,
	],
	options: formOptions,
	input: async (call) =>
		await checkedForm(call, {
			Ext_ID: call.requiredText('extId'),
			Name: call.requiredText('name'),
			FullName: additional(call, 'fullName'),
			INN: additional(call, 'inn'),
			KPP: additional(call, 'kpp'),
			DiadocID: additional(call, 'diadocId'),
			Address: additional(call, 'address'),
			Contact: additional(call, 'contact'),
			Phone: additional(call, 'phone'),
		}),
	run: async (call, checked) =>
		await post(call, '/Dictionaries/AddOrUpdateContractor', checked, { operation: 'upsert', extId: checked.body.Ext_ID }),
});

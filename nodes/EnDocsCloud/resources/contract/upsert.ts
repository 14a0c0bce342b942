import { defineOperation } from '../../../shared/operation/operation';
import { documentDate, documentNumber, externalId } from '../../editor/commonFields';
import { additionalFieldsOf, formExtras, formOptions, textField } from '../../editor/formFields';
import { additional, assertIdentified, checkedForm } from '../../values/checkedForm';
import { requiredDateOf } from '../../values/dates';
import { post } from '../../wire/post';

export const upsert = defineOperation({
	name: 'Create or Update',
	value: 'upsert',
	action: 'Create or update contract',
	description: 'Create a new contract (договор), or update the current one if it already exists (upsert)',
	effect: 'write',
	fields: [
		externalId,
		documentNumber,
		documentDate,
		textField('Counterparty External ID', 'contractorExtId', 'ID of the counterparty (контрагент) in your system'),
		textField('Counterparty Name', 'contractorName', 'Name of the counterparty (контрагент)'),
		textField('Organization External ID', 'organizationExtId', 'ID of your own legal entity (организация) in your system'),
		textField('Organization Name', 'organizationName', 'Name of your own legal entity (организация)'),
		additionalFieldsOf([
			textField('Counterparty INN', 'contractorInn', 'INN of the counterparty (ИНН)'),
			textField('Counterparty KPP', 'contractorKpp', 'KPP of the counterparty (КПП)'),
			textField('Name', 'name', 'Title of the contract'),
			textField('Organization INN', 'organizationInn', 'INN of your own legal entity (ИНН)'),
			textField('Organization KPP', 'organizationKpp', 'KPP of your own legal entity (КПП)'),
		]),
		...formExtras,
	],
	options: formOptions,
	input: async (call) => {
		const extId = call.requiredText('extId');
		const checked = await checkedForm(call, {
			Ext_ID: extId,
			DocDate: requiredDateOf(call, 'docDate'),
			DocNumber: call.requiredText('docNumber'),
			Name: additional(call, 'name'),
			Contractor: {
				Ext_ID: call.text('contractorExtId'),
				INN: additional(call, 'contractorInn'),
				Name: call.text('contractorName'),
				KPP: additional(call, 'contractorKpp'),
			},
			Organization: {
				Ext_ID: call.text('organizationExtId'),
				name: call.text('organizationName'),
				inn: additional(call, 'organizationInn'),
				kpp: additional(call, 'organizationKpp'),
			},
		});
		assertIdentified(checked, 'Contractor', call.label('contractorExtId'));
		assertIdentified(checked, 'Organization', call.label('organizationExtId'));
		return { checked, extId };
	},
	// The bracketed number on the vendor's page marks a use of the call, not its address (vendors/endocs.md A3).
	run: async (call, { checked, extId }) => await post(call, '/Contract/AddOrUpdateContract', checked, { operation: 'upsert', extId }),
});

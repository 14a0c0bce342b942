import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Call } from '../../shared/operation/call';
import { additional } from '../values/checkedForm';
import { textField } from './formFields';

/** The id that another system gives to a thing, by which EnDocs Cloud is expected to find it again. */
export const externalId: INodeProperties = textField(
	'External ID',
	'extId',
	'Its ID in your own system (Ext_ID); use the same one again to update it',
	{ required: true, placeholder: 'e.g. CRM-2201' },
);

export const name: INodeProperties = textField('Name', 'name', 'Name as it is to stand in EnDocs Cloud', { required: true });

export const documentDate: INodeProperties = {
	displayName: 'Document Date',
	name: 'docDate',
	type: 'dateTime',
	typeOptions: { dateOnly: true },
	required: true,
	default: '',
	description: 'Date of the document; it is sent as dd.MM.yyyy, in the time zone of the workflow',
};

export const documentNumber: INodeProperties = textField('Document Number', 'docNumber', 'Number of the document', {
	required: true,
	placeholder: 'e.g. Д-17',
});

/** Your own legal entity, as optional fields of a form. */
export const organizationFields: INodeProperties[] = [
	textField('Organization External ID', 'organizationExtId', 'ID of your own legal entity (организация) in your system'),
	textField('Organization INN', 'organizationInn', 'INN of your own legal entity (ИНН)'),
	textField('Organization KPP', 'organizationKpp', 'KPP of your own legal entity (КПП)'),
	textField('Organization Name', 'organizationName', 'Name of your own legal entity (организация)'),
];

/** The same as EnDocs Cloud spells it (vendors/endocs.md §3.9, §3.10). */
export function organizationOf(call: Call): IDataObject {
	return {
		Ext_ID: additional(call, 'organizationExtId'),
		name: additional(call, 'organizationName'),
		inn: additional(call, 'organizationInn'),
		kpp: additional(call, 'organizationKpp'),
	};
}

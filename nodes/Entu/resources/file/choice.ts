import type { INodeProperties } from 'n8n-workflow';

import type { Call } from '../../../shared/operation/call';
import { entityLocator, fileId } from '../../editor/fields';
import { requiredId } from '../../values/ids';
import { pickedValue, wayToChoose } from '../../values/picked';

const BY_PROPERTY = { show: { fileBy: ['property'] } };

export const fileProperty: INodeProperties = {
	displayName: 'Property Name or ID',
	name: 'propertyName',
	type: 'options',
	typeOptions: { loadOptionsMethod: 'getFileProperties', loadOptionsDependsOn: ['entityId.value'] },
	required: true,
	default: '',
	description:
		'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
};

const chosen: INodeProperties = {
	displayName: 'File Name or ID',
	name: 'file',
	type: 'options',
	typeOptions: { loadOptionsMethod: 'getValues', loadOptionsDependsOn: ['entityId.value', 'propertyName'] },
	default: '',
	hint: 'Needed where the property holds several files; an expression may give the name of the file',
	description:
		'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
	displayOptions: BY_PROPERTY,
};

/** A file of an entity, by property and name or by ID. */
export const fileChoice: INodeProperties[] = [
	...wayToChoose('Choose File By', 'fileBy', 'File ID'),
	{ ...entityLocator, description: 'The entity that has the file', displayOptions: BY_PROPERTY },
	{ ...fileProperty, displayOptions: BY_PROPERTY },
	chosen,
	{ ...fileId, displayOptions: { show: { fileBy: ['id'] } } },
];

/** The ID of the chosen file value. */
export async function chosenFile(call: Call): Promise<string> {
	return call.choice('fileBy', ['property', 'id']) === 'id' ? requiredId(call, 'fileId') : await pickedValue(call, 'file');
}

import type { INodeProperties } from 'n8n-workflow';

import { ofSavedNode, ofNewNode } from '../../shared/editor/fields';
import { filesField, maxFileSizeOption } from '../values/files';
import { requestIdOption } from '../wire/requestId';

const additionalFieldsJson: INodeProperties = {
	displayName: 'Additional Fields (JSON)',
	name: 'additionalFieldsJson',
	type: 'json',
	default: '{}',
	description:
		"An object with further fields, spelled as in EnDocs Cloud's Postman collection; it is merged last and replaces fields of the same name",
};

/** What forms have below their own fields in nodes of saved workflows; since version 1.1 it stands among the options. */
export const formExtras: INodeProperties[] = [ofSavedNode(additionalFieldsJson), ofSavedNode(filesField)];

/** For a form that is of no use without them. */
export const neededExtras: INodeProperties[] = [ofNewNode(additionalFieldsJson)];

/** Options of every operation that writes. */
export const writeOptions: INodeProperties[] = [maxFileSizeOption, requestIdOption];

/** Options of a form that has `neededExtras`, */
export const filesOptions: INodeProperties[] = [ofNewNode(filesField), ...writeOptions];

/** and of all other forms. */
export const formOptions: INodeProperties[] = [ofNewNode(additionalFieldsJson), ...filesOptions];

/** The collection of a form's optional fields. */
export function additionalFieldsOf(fields: readonly INodeProperties[]): INodeProperties {
	return {
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		description: 'Further fields. Whether EnDocs Cloud keeps or blanks what is left out of an update is not documented.',
		options: [...fields].sort((a, b) => a.displayName.localeCompare(b.displayName, 'en')),
	};
}

/** A plain text field, as most are. */
export function textField(displayName: string, name: string, description: string, more: Partial<INodeProperties> = {}): INodeProperties {
	return { displayName, name, description, default: '', type: 'string', ...more };
}

import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Call } from '../shared/call';
import { refuse } from '../shared/failure';
import { isRecord } from '../shared/guards';
import { attach, filesField, maxFileSizeOption, type Attachment } from './files';
import { newRequestId, requestIdOption } from './requestId';

/** A checked request, complete but for the contents of its files. */
export interface Draft {
	readonly body: IDataObject;
	readonly attachments: readonly Attachment[];
	readonly requestId: string;
}

const additionalFieldsJson: INodeProperties = {
	displayName: 'Additional Fields (JSON)',
	name: 'additionalFieldsJson',
	type: 'json',
	default: '{}',
	description:
		"An object with further fields, spelled as EnDocs Cloud wants them; it is merged last and replaces fields of the same name. EnDocs Cloud's Postman collection shows fields that its public pages don't.",
};

/** What every form that writes has below its own fields. */
export const formExtras: INodeProperties[] = [additionalFieldsJson, filesField];

/** Options of every operation that writes. */
export const writeOptions: INodeProperties[] = [maxFileSizeOption, requestIdOption];

/**
 * The request of a form: what the user filled in, then the additional fields, then the files.
 * @param form by the documented names; what is empty doesn't travel
 * @param always fields that travel even when they are empty
 * @throws FailureError `invalid input`
 */
export async function draftOf(call: Call, form: IDataObject, always: IDataObject = {}): Promise<Draft> {
	const fields = { RequestID: newRequestId(call), ...filled(form), ...always, ...additionalFields(call) };
	const { body, attachments } = await attach(call, fields);
	return { body, attachments, requestId: String(body.RequestID) };
}

/** Reads one value of the collection 'Additional Fields'. */
export function additional(call: Call, name: string): string {
	return call.text(`additionalFields.${name}`);
}

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

/** @throws FailureError `invalid input` where a part that EnDocs Cloud requires has nothing in it that could identify it */
export function assertIdentified(draft: Draft, field: string, parameter: string): void {
	if (!isEmpty(draft.body[field])) return;
	refuse(parameter, 'is empty', `EnDocs Cloud requires the field ${field}: enter an external ID and a name`);
}

function additionalFields(call: Call): IDataObject {
	const given = call.json('additionalFieldsJson') ?? {};
	return isRecord(given) ? given : refuse(call.label('additionalFieldsJson'), 'is not an object', 'Write it in braces, such as { "Comment": "Срочно" }');
}

function filled(form: IDataObject): IDataObject {
	const entries = Object.entries(form).map(([key, value]): [string, unknown] => [key, isRecord(value) ? filled(value) : value]);
	return Object.fromEntries(entries.filter(([, value]) => !isEmpty(value))) as IDataObject;
}

function isEmpty(value: unknown): boolean {
	return value === undefined || value === null || value === '' || (isRecord(value) && Object.keys(value).length === 0);
}

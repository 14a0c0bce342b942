import type { IDataObject } from 'n8n-workflow';

import { refuse } from '../../shared/answer/failure';
import { isRecord } from '../../shared/guards';
import type { Call } from '../../shared/operation/call';
import { newRequestId } from '../wire/requestId';
import { attach, type Attachment } from './files';

/** A checked request, complete but for the contents of its files. */
export interface CheckedForm {
	readonly body: IDataObject;
	readonly attachments: readonly Attachment[];
	readonly requestId: string;
}

/**
 * The request of a form: what the user filled in, then the additional fields, then the files.
 * @param form by the documented names; what is empty doesn't travel
 * @param always fields that travel even when they are empty
 * @throws FailureError `invalid input`
 */
export async function checkedForm(call: Call, form: IDataObject, always: IDataObject = {}): Promise<CheckedForm> {
	const fields = { RequestID: newRequestId(call), ...filled(form), ...always, ...additionalFields(call) };
	const { body, attachments } = await attach(call, fields);
	return { body, attachments, requestId: String(body.RequestID) };
}

/** Reads one value of the collection 'Additional Fields'. */
export function additional(call: Call, name: string): string {
	return call.text(`additionalFields.${name}`);
}

/** @throws FailureError `invalid input` where a part that EnDocs Cloud requires has nothing in it that could identify it */
export function assertIdentified(checked: CheckedForm, field: string, parameter: string): void {
	if (!isEmpty(checked.body[field])) return;
	refuse(parameter, 'is empty', `EnDocs Cloud requires the field ${field}: enter an external ID and a name`);
}

function additionalFields(call: Call): IDataObject {
	const parameter = call.placed('additionalFieldsJson');
	const given = call.json(parameter) ?? {};
	return isRecord(given) ? given : refuse(call.label(parameter), 'is not an object', 'Write it in braces, such as { "Comment": "Срочно" }');
}

function filled(form: IDataObject): IDataObject {
	const entries = Object.entries(form).map(([key, value]): [string, unknown] => [key, isRecord(value) ? filled(value) : value]);
	return Object.fromEntries(entries.filter(([, value]) => !isEmpty(value))) as IDataObject;
}

function isEmpty(value: unknown): boolean {
	return value === undefined || value === null || value === '' || (isRecord(value) && Object.keys(value).length === 0);
}

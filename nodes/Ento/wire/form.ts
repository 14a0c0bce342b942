import { mapAll, refuse } from '../../shared/answer/failure';
import { isRecord } from '../../shared/guards';
import type { Call } from '../../shared/operation/call';
import { textFor } from '../../shared/operation/values';
import { pairs, writer } from './query';

type Field = [name: string, value: string];

/**
 * What the user entered for the body, as form fields: the API takes no JSON (vendors/ento.md §2).
 * @throws FailureError `invalid input` for what a form can't hold
 */
export function formFields(call: Call): Field[] {
	return isJson(call) ? fromJson(call) : pairs(call, 'fields');
}

/** The same where a request without fields makes no sense. */
export function requiredFields(call: Call): Field[] {
	const fields = formFields(call);
	const parameter = isJson(call) ? 'fieldsJson' : 'fields';
	return fields.length > 0 ? fields : refuse(call.label(parameter), 'holds no field', 'Give at least one');
}

function fromJson(call: Call): Field[] {
	const given = call.json('fieldsJson') ?? {};
	if (!isRecord(given)) return refuse(call.label('fieldsJson'), 'is not an object', 'Write one such as { "name": "Bar" }');
	const parameter = call.label('fieldsJson');
	const fields = mapAll(Object.entries(given), ([name, value]) =>
		[value].flat().flatMap((entry) => textFor(parameter, name, entry, writer(call), namesOf(name)).map((text): Field => [name, text])),
	);
	return fields.flat();
}

const namesOf = (name: string): string => `Write the names out as your API documentation has them, such as ${name}[name]`;

function isJson(call: Call): boolean {
	return call.choice('fieldsMode', ['fields', 'json']) === 'json';
}

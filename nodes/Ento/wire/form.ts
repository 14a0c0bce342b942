import { refuse } from '../../shared/answer/failure';
import { isRecord } from '../../shared/guards';
import type { Call } from '../../shared/operation/call';
import { pairs, yesOrNo } from './query';

type Field = [name: string, value: string];

/**
 * What the user entered for the body, as form fields: the API takes no JSON (vendors/ento.md §2).
 * @throws FailureError `invalid input` for what a form can't hold
 */
export function formFields(call: Call): Field[] {
	return call.text('fieldsMode') === 'json' ? fromJson(call) : pairs(call, 'fields');
}

/** The same where a request without fields makes no sense. */
export function requiredFields(call: Call): Field[] {
	const fields = formFields(call);
	const parameter = call.text('fieldsMode') === 'json' ? 'fieldsJson' : 'fields';
	return fields.length > 0 ? fields : refuse(call.label(parameter), 'holds no field', 'Give at least one');
}

function fromJson(call: Call): Field[] {
	const given = call.json('fieldsJson') ?? {};
	if (!isRecord(given)) return refuse(call.label('fieldsJson'), 'is not an object', 'Write one such as { "name": "Bar" }');
	return Object.entries(given).flatMap(([name, value]) =>
		Array.isArray(value) ? value.map((entry): Field => [name, toText(call, name, entry)]) : [[name, toText(call, name, value)] as Field],
	);
}

function toText(call: Call, name: string, value: unknown): string {
	if (typeof value === 'boolean') return yesOrNo(call, value);
	if (typeof value !== 'object' || value === null) return String(value ?? '');
	const written = JSON.stringify(value);
	// A date is an object, but is written as text.
	if (written.startsWith('"')) return String(JSON.parse(written));
	return refuse(call.label('fieldsJson'), `"${name}" holds an object, which a form has no place for`, `Write the names out as your API documentation has them, such as ${name}[name]`);
}

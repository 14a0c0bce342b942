import type { IDataObject } from 'n8n-workflow';

import { refuse } from '../../shared/answer/failure';
import { parseJson } from '../../shared/answer/outcome';
import { isRecord, recordsIn } from '../../shared/guards';
import type { Call } from '../../shared/operation/call';

/** The object to create or update something with. @throws FailureError `invalid input` when it is none, or empty */
export function requiredObject(call: Call): IDataObject {
	const body = optionalBody(call) ?? {};
	const label = call.label(call.text('bodyMode') === 'json' ? 'bodyJson' : 'bodyFields');
	if (!isRecord(body)) return refuse(label, 'is not an object', 'Write an object such as { "name": "Spring push" }');
	return Object.keys(body).length > 0 ? body : refuse(label, 'holds no field', 'Give at least one field a value');
}

/** The body of a request, or nothing where the user entered none. @throws FailureError `invalid input` */
export function optionalBody(call: Call): unknown {
	return call.text('bodyMode') === 'json' ? call.json('bodyJson') : enteredFields(call);
}

function enteredFields(call: Call): IDataObject | undefined {
	const label = call.label('bodyFields');
	const fields = new Map<string, unknown>();
	for (const { name, type = 'asGiven', value } of recordsIn(call.object('bodyFields').field)) {
		const key = String(name ?? '').trim() || refuse(label, 'A field has no name', 'Enter its name or remove it');
		if (fields.has(key)) refuse(label, `"${key}" is there twice`, 'Remove one of them; for a list, choose the type JSON');
		const converted = convert(value, String(type)) ?? refuse(label, `"${key}" is not of the type that is chosen for it`, 'Correct the value or choose another type');
		if (converted.value !== undefined) fields.set(key, converted.value);
	}
	return fields.size === 0 ? undefined : (Object.fromEntries(fields) as IDataObject);
}

/** The value in the type that the user chose, or nothing when it can't be converted. */
function convert(value: unknown, type: string): { readonly value: unknown } | undefined {
	if (type === 'asGiven') return { value };
	const text = typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? '').trim();
	if (type === 'text') return { value: typeof value === 'string' ? value : text };
	const parsed = parseJson(text);
	if (parsed === undefined) return undefined;
	return type === 'json' || typeof parsed === type ? { value: parsed } : undefined;
}

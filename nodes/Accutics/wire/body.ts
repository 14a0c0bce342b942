import type { IDataObject } from 'n8n-workflow';

import { mapAll, refuse } from '../../shared/answer/failure';
import { isRecord } from '../../shared/guards';
import type { Call } from '../../shared/operation/call';
import { toJson } from '../../shared/operation/parameters';
import { asSwitch, timeObject, toText, toTextOrJson } from '../../shared/operation/values';

/** The object to create or update something with. @throws FailureError `invalid input` when it is none, or empty */
export function requiredObject(call: Call): IDataObject {
	const body = optionalBody(call) ?? {};
	const label = call.label(isJson(call) ? 'bodyJson' : 'bodyFields');
	if (!isRecord(body)) return refuse(label, 'is not an object', 'Write an object such as { "name": "Spring push" }');
	return Object.keys(body).length > 0 ? body : refuse(label, 'holds no field', 'Give at least one field a value');
}

/** The body of a request, or nothing where the user entered none. @throws FailureError `invalid input` */
export function optionalBody(call: Call): unknown {
	return isJson(call) ? call.json('bodyJson') : enteredFields(call);
}

function isJson(call: Call): boolean {
	return call.choice('bodyMode', ['fields', 'json']) === 'json';
}

const TYPES = ['asGiven', 'boolean', 'json', 'number', 'text'] as const;
type FieldType = (typeof TYPES)[number];

function enteredFields(call: Call): IDataObject | undefined {
	const label = call.label('bodyFields');
	const fields = new Map<string, unknown>();
	mapAll(call.entries('bodyFields', 'field'), (at) => {
		const key = call.text(`${at}.name`) || refuse(label, 'A field has no name', 'Enter its name or remove it');
		if (fields.has(key)) refuse(label, `"${key}" is there twice`, 'Remove one of them; for a list, choose the type JSON');
		const type = call.optionalChoice(`${at}.type`, TYPES) ?? 'asGiven';
		const value = call.given(`${at}.value`);
		if (value !== undefined) fields.set(key, convert(label, key, value, type));
	});
	return fields.size === 0 ? undefined : (Object.fromEntries(fields) as IDataObject);
}

/** The value in the type that the user chose. @throws FailureError `invalid input` when it is none of that type */
function convert(label: string, name: string, value: unknown, type: FieldType): unknown {
	const wrong = (): never => refuse(label, `"${name}" is not of the type that is chosen for it`, 'Correct the value or choose another type');
	switch (type) {
		case 'asGiven':
			return timeObject(value) ? (toText(value) ?? wrong()) : value;
		case 'text':
			return value === null ? null : toTextOrJson(value);
		case 'boolean':
			return asSwitch(value) ?? wrong();
		case 'json':
			return typeof value === 'string' ? (value.trim() === 'null' ? null : (toJson(value) ?? wrong())) : value;
		case 'number': {
			const number = typeof value === 'string' ? toJson(value) : value;
			return typeof number === 'number' || typeof number === 'bigint' ? number : wrong();
		}
	}
}

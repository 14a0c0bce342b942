import type { IDataObject } from 'n8n-workflow';

import { mapAll, refuse } from '../../shared/answer/failure';
import { isRecord, recordsIn } from '../../shared/guards';
import type { Call } from '../../shared/operation/call';
import { mapByName } from '../../shared/operation/columns';
import { assertMeant } from '../../shared/operation/hollow';
import { toJson } from '../../shared/operation/parameters';
import { asSwitch, timeObject, toText, toTextOrJson } from '../../shared/operation/values';
import { columnsOf } from './columns';
import { idFieldOf } from './entities';

/** The values to create or update an entity with. @throws FailureError `invalid input` when they are no object, or none is there */
export async function requiredEntity(call: Call): Promise<IDataObject> {
	const mode = call.choice('bodyMode', ['columns', 'fields', 'json']);
	const body = mode === 'columns' ? await mappedColumns(call) : (optionalBody(call) ?? {});
	const label = call.label({ columns: 'columns', fields: 'bodyFields', json: 'bodyJson' }[mode]);
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

/** The columns that were given a value. The ID is the service's own to give: mapped by name, a field called so is left out. */
async function mappedColumns(call: Call): Promise<IDataObject> {
	const { mappingMode, value, schema } = call.object('columns');
	const label = call.label('columns');
	if (mappingMode !== 'autoMapInputData') return withValues(label, isRecord(value) ? value : {});
	const idField = idFieldOf(call);
	const known = recordsIn(schema).map(({ id }) => String(id));
	const columns = known.length > 0 ? known : (await columnsOf(call)).map(({ name }) => name);
	const { values, remarks } = mapByName(call.itemJson, columns.filter((column) => column !== idField));
	for (const remark of remarks) call.note(remark);
	return withValues(label, values);
}

function withValues(label: string, columns: IDataObject): IDataObject {
	mapAll(Object.entries(columns), ([name, value]) => assertMeant(label, value, name));
	const given = Object.entries(columns).filter(([, value]) => value !== undefined && value !== null);
	return Object.fromEntries(given.map(([name, value]) => [name, timeObject(value) ? toText(value) : value])) as IDataObject;
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

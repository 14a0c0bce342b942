import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Call } from '../operation/call';

/** For events that compare records. */
export const ignoredFieldsOption: INodeProperties = {
	displayName: 'Ignored Fields',
	name: 'ignoredFields',
	type: 'string',
	default: '',
	placeholder: 'e.g. updated_at, views',
	description: 'Names of fields, separated by commas, whose change alone does not count, such as a time that the service changes by itself',
};

/** The names in 'Ignored Fields'. */
export function ignoredFields(call: Call): string[] {
	return call.option('ignoredFields').split(',').map((name) => name.trim()).filter((name) => name !== '').sort();
}

/** A record without the fields whose change does not count. */
export function comparable(call: Call): (record: IDataObject) => IDataObject {
	const ignored = new Set(ignoredFields(call));
	return (record) => Object.fromEntries(Object.entries(record).filter(([name]) => !ignored.has(name)));
}

import type { INodeProperties } from 'n8n-workflow';

import type { Call } from '../../../shared/operation/call';
import { path } from '../../../shared/service/paths';
import { toPath } from '../../wire/address';

export const pathField: INodeProperties = {
	displayName: 'Path',
	name: 'path',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. /areas',
	description: 'Where your API documentation has these records, below the base URL of the credential',
};

export const recordIdField: INodeProperties = {
	displayName: 'Record ID',
	name: 'recordId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. AR10001',
};

export const listPath = (call: Call): string => toPath(call.requiredText('path'), call.label('path'), call.client.setting('baseUrl'));

/** The address of one record, with what the user called it by. */
export function recordPlace(call: Call): { path: string; id: string } {
	const id = call.requiredText('recordId');
	return { path: listPath(call) + path`/${id}`, id };
}

import type { IDataObject } from 'n8n-workflow';

import { defineOperation } from '../../../shared/operation/operation';
import { record } from '../../../shared/operation/output';
import { valueId } from '../../editor/fields';
import { requiredId } from '../../values/ids';
import { simplifyValue } from '../../values/simplify';
import { getValue } from '../../wire/entities';

export const get = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get value of property',
	description: 'Retrieve one value of a property',
	effect: 'read',
	simplifies: true,
	fields: [valueId],
	run: async (call) => {
		const value = await getValue(call.client, requiredId(call, 'valueId'));
		return record(call.shape(simplifyProperty)(value));
	},
});

function simplifyProperty(value: IDataObject): IDataObject {
	const { _id, type, entity, language, created } = value;
	return {
		_id,
		property: type,
		entity,
		value: simplifyValue(value),
		...(language ? { language } : {}),
		created,
	} as IDataObject;
}

import type { IDataObject } from 'n8n-workflow';

import { defineOperation, record } from '../../../shared/define';
import { simplify } from '../../../shared/fields';
import { getValue } from '../../api';
import { valueId } from '../../fields';
import { requiredId } from '../../ids';
import { simplifyValue } from '../../simplify';

export const get = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get property value',
	description: 'Retrieve one value of a property',
	effect: 'read',
	fields: [valueId, simplify()],
	run: async (call) => {
		const value = await getValue(call.client, requiredId(call, 'valueId'));
		return record(call.flag('simplify') ? simplifyProperty(value) : value);
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

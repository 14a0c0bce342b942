import type { INodeProperties } from 'n8n-workflow';

import { defineOperation } from '../../../shared/operation/operation';
import { records } from '../../../shared/operation/output';
import { integrationLocator } from '../../editor/fields';
import { requiredId } from '../../values/ids';
import { getColumns as columnsOf } from '../../wire/api';
import { WEB_SERVICE } from '../../wire/names';

const which: INodeProperties = {
	displayName: 'Columns',
	name: 'which',
	type: 'options',
	options: [
		{ name: 'All', value: 'all', description: 'All columns of the source' },
		{ name: 'Mapped', value: 'mapped', description: 'Only columns that are mapped to the target' },
	],
	default: 'all',
	description: 'Which columns to return',
};

export const getColumns = defineOperation({
	name: 'Get Columns',
	value: 'getColumns',
	action: 'Get columns of integration',
	description: 'Retrieve the source columns of an integration, and which of them are required',
	effect: 'read',
	authentications: [WEB_SERVICE],
	fields: [integrationLocator, which],
	run: async (call) =>
		records(await columnsOf(call.client, requiredId(call, 'integrationId'), call.choice<'all' | 'mapped'>('which', ['all', 'mapped']))),
});

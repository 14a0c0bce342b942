import type { INodeProperties } from 'n8n-workflow';

import { defineOperation } from '../../../shared/operation/operation';
import { record, records } from '../../../shared/operation/output';
import { integrationLocator } from '../../editor/fields';
import { rejectedRowsIn } from '../../rows/rejected';
import { requiredId, requiredRunNumber } from '../../values/ids';
import { getErrorsOfRun } from '../../wire/api';
import { WEB_SERVICE } from '../../wire/names';

const runNumber: INodeProperties = {
	displayName: 'Run Number',
	name: 'runNumber',
	type: 'number',
	required: true,
	typeOptions: { minValue: 1 },
	default: 1,
	description: 'Number of the run, as Run > Get Many and the result of a run give it',
};

const outputFormat: INodeProperties = {
	displayName: 'Output',
	name: 'outputFormat',
	type: 'options',
	options: [
		{ name: 'One Item for Each Row', value: 'rows', description: 'Each rejected row, with the target that rejected it' },
		{ name: 'Raw', value: 'raw', description: 'One item, as the service sends it' },
	],
	default: 'rows',
	description: 'How to return the rejected rows',
};

/** As many rows as the service gives (smartconnect.md §3.5). */
const MOST_ROWS = 1000;

export const getErrors = defineOperation({
	name: 'Get Errors',
	value: 'getErrors',
	action: 'Get rejected rows of run',
	description: 'Retrieve the rows that a run rejected, at most 1000 of them',
	effect: 'read',
	authentications: [WEB_SERVICE],
	fields: [integrationLocator, runNumber, outputFormat],
	run: async (call) => {
		const body = await getErrorsOfRun(call.client, requiredId(call, 'integrationId'), requiredRunNumber(call));
		if (call.choice('outputFormat', ['rows', 'raw']) === 'raw') return record(body);
		const rows = rejectedRowsIn(body);
		if (rows.length >= MOST_ROWS) call.note(`SmartConnect gives the first ${MOST_ROWS} rejected rows of a run; there may be more.`);
		return records(rows);
	},
});

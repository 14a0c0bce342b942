import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Call } from '../../shared/operation/call';
import type { PollEvent } from '../../shared/trigger/event';
import { numbered } from '../../shared/trigger/watch/numbered';
import { integrationLocator } from '../editor/fields';
import { rejectedRowsIn } from '../rows/rejected';
import { requiredId } from '../values/ids';
import { hasRejected, withSuccess } from '../values/run';
import { getErrorsOfRun, getHistory, wrongShape } from '../wire/api';

const integration: INodeProperties = {
	...integrationLocator,
	description: 'The integration whose runs start the workflow. SmartConnect.com shows its last ten runs: poll so often that there are never more in between.',
};

const includeRejectedRows: INodeProperties = {
	displayName: 'Include Rejected Rows',
	name: 'includeRejectedRows',
	type: 'boolean',
	default: false,
	description: 'Whether to add the rows that the run rejected, at most 1000 of them; they are asked for run by run',
};

/** @param hasFailed of the runs that start the workflow, whether they rejected rows; nothing for all runs */
export function runEvent(text: Pick<PollEvent, 'name' | 'value' | 'action' | 'description'>, hasFailed?: boolean): PollEvent {
	return {
		...text,
		fields: [integration],
		options: hasFailed === false ? [] : [includeRejectedRows],
		idOf: ({ RunNumber }) => ({ RunNumber }),
		watched: (call) => [requiredId(call, 'integrationId')],
		watch: (call) =>
			numbered({
				read: async () => (await getHistory(call.client, requiredId(call, 'integrationId'))).map(withSuccess),
				numberOf: ({ RunNumber }) => (Number.isInteger(RunNumber) ? Number(RunNumber) : wrongShape('the number of a run was expected')),
				where: (run) => hasFailed === undefined || hasRejected(run) === hasFailed,
				missedField: 'missedRuns',
			}),
		extend: rejectedRowsOf,
	};
}

async function rejectedRowsOf(call: Call, run: IDataObject): Promise<IDataObject> {
	if (!call.flag('options.includeRejectedRows')) return {};
	if (!hasRejected(run)) return { rejectedRows: [] };
	return { rejectedRows: rejectedRowsIn(await getErrorsOfRun(call.client, requiredId(call, 'integrationId'), Number(run.RunNumber))) };
}

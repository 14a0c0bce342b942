import type { INodeProperties } from 'n8n-workflow';

import { ofNewNode, ofSavedNode } from '../../../shared/editor/fields';
import type { Call } from '../../../shared/operation/call';
import { defineBatchOperation } from '../../../shared/operation/operation';
import { path } from '../../../shared/service/paths';
import { json, type Request } from '../../../shared/service/request';
import { failedRun, integrationToRun, runFor, runNotices, variables, variablesFormat } from '../../editor/fields';
import { givenVariables, variablesBody, type Variable } from '../../rows/variables';
import { outcomeOf, RUN_TIMEOUT_MS, startRun, togetherInRun } from '../../runs';
import { requiredId } from '../../values/ids';
import { REST_API } from '../../wire/names';

const runForItems = runFor('Items with the same integration and the same variables start one run');
/** Before version 1.1 of the node every item started a run, whatever it asked for: saved workflows go on so, until somebody changes it. */
const runForByVersion: INodeProperties[] = [
	ofSavedNode({ ...runForItems, default: 'each' }),
	ofNewNode(runForItems),
];

interface Input {
	readonly integration: string;
	readonly given: readonly Variable[];
}

export const run = defineBatchOperation<Input>({
	name: 'Run',
	value: 'run',
	action: 'Run integration',
	description: 'Run an integration with its own source, wait for its end and return the result',
	effect: 'write',
	timeoutMs: RUN_TIMEOUT_MS,
	fields: [...runNotices, ...integrationToRun, ...runForByVersion, variables],
	options: [failedRun, variablesFormat],
	input: (call) => ({ integration: requiredId(call, 'integrationId'), given: givenVariables(call) }),
	together: (call, { integration, given }) => togetherInRun(call, [integration.toLowerCase(), given, call.option('variablesFormat')]),
	run: async (items) => {
		const [{ call, input }] = items;
		const { integration, given } = input;
		const request = call.client.authentication === REST_API ? restRun(integration, given) : webServiceRun(call, integration, given);
		const all = items.map((item) => item.call.itemIndex);
		return outcomeOf(call, await startRun(call, integration, request), () => all);
	},
});

/** Names are called `Name` here, not `Key` (smartconnect.md §4). */
function restRun(integration: string, given: readonly Variable[]): Request {
	const list = given.map(({ name, value }) => ({ Name: name, Value: value }));
	return { path: path`/v1/run-integration/${integration}`, query: { returnErrors: true }, body: json({ Variables: list }) };
}

function webServiceRun(call: Call, mapKey: string, given: readonly Variable[]): Request {
	if (given.length === 0) return { path: '/runmap', query: { mapKey } };
	return { path: '/RunMapWithVariables', query: { mapKey }, body: json(variablesBody(call, given)) };
}

import type { Call } from '../../../shared/operation/call';
import { defineOperation } from '../../../shared/operation/operation';
import { path } from '../../../shared/service/paths';
import { json, type Request } from '../../../shared/service/request';
import { failedRun, integrationToRun, variables, variablesFormat } from '../../editor/fields';
import { givenVariables, variablesBody, type Variable } from '../../rows/variables';
import { assertRunOnce, outcomeOf, RUN_TIMEOUT_MS, startRun } from '../../runs';
import { requiredId } from '../../values/ids';
import { REST_API } from '../../wire/names';

export const run = defineOperation({
	name: 'Run',
	value: 'run',
	action: 'Run integration',
	description: 'Run an integration with its own source, wait for its end and return the result',
	effect: 'write',
	timeoutMs: RUN_TIMEOUT_MS,
	fields: [...integrationToRun, variables],
	options: [failedRun, variablesFormat],
	input: (call) => {
		assertRunOnce(call);
		return { integration: requiredId(call, 'integrationId'), given: givenVariables(call) };
	},
	run: async (call, { integration, given }) => {
		const request = call.text('authentication') === REST_API ? restRun(integration, given) : webServiceRun(call, integration, given);
		return outcomeOf(call, await startRun(call, integration, request), () => [call.itemIndex]);
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

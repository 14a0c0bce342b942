// What is run through the faults: operations of every kind.
import type { OnError } from 'n8n-workflow';
import type { ExampleWorkflow } from '../../../../demo/api.mts';
import type { OperationSample } from '../../../contract/samples/sample.mts';
import { fanOut, itemsFor, nameOf, nodeOf, type Access } from '../../operations.mts';

/** The operations that stand for their kind: of each node some that read and some that write, all that move files. The contract tests try all of them. */
const SOME = new Set([
	'accutics entity:getAll', 'accutics entity:create', 'accutics request:send',
	'enDocsCloud contract:getNew', 'enDocsCloud contractor:upsert',
	'ento employee:getAll', 'ento record:create',
	'entu entity:upsert', 'entu property:delete', 'entu file:upload', 'entu file:download',
	'smartConnect integration:getSourceData', 'smartConnect integration:runWithData', 'smartConnect output:download',
	'smartConnectRestApi integration:run',
]);

export const standsForItsKind = (name: string): boolean => SOME.has(name);

/** The three ways in which a node can deal with an error. */
const MODES: readonly OnError[] = ['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'];

/** Time to wait for an answer, in ms: services that hang must not hold up the run. */
const TIMEOUT_MS = 500;

/** A workflow for each mode, which runs an operation for an item that works and one that does not. Apart, so that they wait side by side. */
export function workflowsOf(access: Access, key: string, sample: OperationSample, credential: { id: string; name: string }): ExampleWorkflow[] {
	const node = nodeOf(access, key, credential, { timeout: TIMEOUT_MS });
	const { items = [{}, {}, {}], bad } = sample;
	return MODES.map((onError) => fanOut(`${nameOf(access, key)}, ${onError}`, [{ ...node, onError }], itemsFor(sample, [items[0], ...(bad ? [bad] : [])])));
}

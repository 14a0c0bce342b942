import assert from 'node:assert/strict';
import type { IDataObject, INodeExecutionData, OnError } from 'n8n-workflow';
import type { Execution } from '../../../demo/api.mts';
import type { OperationSample } from '../../contract/samples/sample.mts';
import type { Checks } from '../checks.mts';
import { saveExamples } from '../examples.mts';
import { originsOf } from '../nodeRun.mts';
import { accesses, fanOut, itemsFor, nameOf, nodeOf, type Access } from '../operations.mts';
import type { Server } from '../server.mts';

interface Case {
	access: Access;
	key: string;
	sample: OperationSample;
	bad: IDataObject;
}

/** The second of three items does not work. */
const BAD = 1;
const GOOD = [0, 2];

/** Runs every operation that can fail on three items of which one is wrong, in the three modes of "On Error": the other two must come out, and the wrong one where it belongs. */
export async function checkErrors({ check }: Checks, server: Server): Promise<void> {
	await server.control.reset();
	const ids = await saveExamples(server);
	for (const one of cases()) {
		const name = nameOf(one.access, one.key);
		await check(`${name}: ends the workflow`, async () => ended(await attempt(server, ids, one, 'stopWorkflow')));
		await check(`${name}: goes on`, async () => wentOn(await attempt(server, ids, one, 'continueRegularOutput')));
		await check(`${name}: goes on at the error output`, async () => wentOnApart(await attempt(server, ids, one, 'continueErrorOutput')));
	}
	await server.control.reset();
}

function cases(): Case[] {
	return accesses.flatMap((access) => Object.entries(access.operations).flatMap(([key, sample]) => (sample.bad ? [{ access, key, sample, bad: sample.bad }] : [])));
}

async function attempt({ api, control, sandboxUrl }: Server, ids: Record<string, string>, { access, key, sample, bad }: Case, onError: OnError): Promise<Execution> {
	const { service, credentialType } = access;
	await control.reset(service);
	// The documented 300 requests a minute would hold everything up.
	if (service === 'endocs') await control.settings(service, { rateLimit: null });
	const [first = {}, , last = {}] = sample.items ?? [];
	// With the sandbox as it is at first, the sessions are gone that n8n has stored.
	const id = access.sessions ? await api.createCredential({ name: credentialType, type: credentialType, data: access.credential(sandboxUrl) }) : ids[credentialType];
	const node = { ...nodeOf(access, key, { id: id ?? '', name: credentialType }), onError };
	const workflow = fanOut(`${nameOf(access, key)}, ${onError}`, [node], itemsFor(sample, [first, bad, last]));
	return await api.waitForExecution(await api.run(await api.createWorkflow(workflow), 'Start'));
}

function ended({ status, error, lastNode }: Execution): void {
	assert.deepEqual([status, lastNode], ['error', 'Node']);
	assert(error?.includes('[item 1]'), `The item is not named: ${error}`);
}

function wentOn(execution: Execution): void {
	const items = outputOf(execution, 0);
	assert.deepEqual(distinctOrigins(items), [...GOOD, BAD].sort());
	const failed = items.filter(({ json }) => 'error' in json);
	assert.deepEqual(originsOf(failed), [BAD], 'Not one item failed, or another one.');
	isTold(failed[0]);
}

function wentOnApart(execution: Execution): void {
	const [good, failed] = [outputOf(execution, 0), outputOf(execution, 1)];
	assert.deepEqual([distinctOrigins(good), originsOf(failed)], [GOOD, [BAD]], 'The items left by the wrong branch.');
	isTold(failed[0]);
}

/** The form that workflows rely on: a sentence, and what it is made of. */
function isTold(item: INodeExecutionData | undefined): void {
	const { error, message } = item?.json ?? {};
	assert(typeof error === 'string' && error !== '', `The error is no text: ${JSON.stringify(error)}`);
	assert(typeof message === 'object' && message !== null && 'description' in message, `The details are missing: ${JSON.stringify(item?.json)}`);
}

function outputOf({ status, error, runData }: Execution, output: number): INodeExecutionData[] {
	assert(status === 'success', `The execution ended with "${status}": ${error}`);
	return (runData.Node ?? []).flatMap((run) => run.data?.main?.[output] ?? []);
}

const distinctOrigins = (items: readonly INodeExecutionData[]): unknown[] => [...new Set(originsOf(items))].sort();

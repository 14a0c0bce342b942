import assert from 'node:assert/strict';
import type { Execution } from '../../../demo/api.mts';
import { casesOf, flawsOf, nameOf as nameOfCase, usualRun, type Retried, type RetriedRun } from '../../support/retryOnFail.mts';
import type { Checks } from '../checks.mts';
import { saveExamples } from '../examples.mts';
import { accesses, fanOut, itemsFor, nameOf, nodeOf, type Access } from '../operations.mts';
import type { Server } from '../server.mts';

/** Lets every operation that changes something run again because of one item in trouble, by n8n's own *Retry On Fail*: what is done must not be done again. */
export async function checkRetries({ check }: Checks, server: Server): Promise<void> {
	await server.control.reset();
	const ids = await saveExamples(server);
	let writes = 0;
	for (const access of accesses) {
		for (const key of Object.keys(access.operations)) {
			const operation = retried(server, ids, access, key);
			const usual = await usualRun(operation);
			if (!usual) continue;
			for (const one of casesOf(writes++)) {
				await check(`${nameOf(access, key)}: ${nameOfCase(one)}`, async () => assert.deepEqual(await flawsOf(operation, usual, one), []));
			}
		}
	}
	await check('the operations that change something are among them', () => assert(writes >= 33, `Only ${writes} have changed something.`));
	await server.control.reset();
}

function retried({ api, control, sandboxUrl }: Server, ids: Record<string, string>, access: Access, key: string): Retried {
	const { service, credentialType, credential, sessions } = access;
	const sample = access.operations[key] ?? {};
	let id = ids[credentialType] ?? '';
	return {
		control,
		service,
		fresh: async () => {
			await control.reset(service);
			// The documented 300 requests a minute would hold everything up.
			if (service === 'endocs') await control.settings(service, { rateLimit: null });
			// With the sandbox as it is at first, the sessions are gone that n8n has stored.
			if (sessions) id = await api.createCredential({ name: credentialType, type: credentialType, data: credential(sandboxUrl) });
		},
		run: async ({ onError, maxTries }) => {
			const settings = { ...(onError ? { onError } : {}), ...(maxTries ? { retryOnFail: true, maxTries, waitBetweenTries: 1 } : {}) };
			const node = { ...nodeOf(access, key, { id, name: credentialType }), ...settings };
			const workflow = fanOut(`${nameOf(access, key)}, tried again`, [node], itemsFor(sample, [...(sample.items ?? [{}, {}, {}])]));
			return outcomeOf(await api.waitForExecution(await api.run(await api.createWorkflow(workflow), 'Start')));
		},
	};
}

function outcomeOf({ error, runData }: Execution): RetriedRun {
	const runs = runData.Node ?? [];
	const width = Math.max(0, ...runs.map(({ data }) => data?.main?.length ?? 0));
	const outputs = Array.from({ length: width }, (_, output) => runs.flatMap(({ data }) => data?.main?.[output] ?? []));
	return error === undefined ? { outputs } : { outputs, error: { message: error } };
}

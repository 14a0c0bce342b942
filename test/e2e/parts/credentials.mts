import assert from 'node:assert/strict';
import type { CredentialInput, Execution, TestResult } from '../../../demo/api.mts';
import { exampleCredentials } from '../../../demo/credentials.mts';
import type { Checks } from '../checks.mts';
import type { Server } from '../server.mts';

/** Saves the example credentials, and runs n8n's credential test: the one behind "Connection tested successfully". */
export async function checkCredentials(checks: Checks, server: Server): Promise<void> {
	for (const credential of exampleCredentials(server.sandboxUrl)) {
		await checks.check(`${credential.name}: right`, async () => {
			assertOk(await server.api.testCredential(await server.api.createCredential(credential), credential));
		});
	}
	for (const generation of ['july', 'later']) await checkEntu(checks, server, generation);
	await server.control.reset();
}

/** Right and wrong key on either generation of the server, while the stored session is blank, fresh or stale. */
async function checkEntu(checks: Checks, server: Server, generation: string): Promise<void> {
	const { check } = checks;
	const { api, control } = server;
	const example = exampleCredentials(server.sandboxUrl).find(({ type }) => type === 'entuApi');
	assert(example);
	const right = { ...example, name: 'Entu under test' }; // workflows find the example by its name, so that must stay unique
	const wrong = { ...right, data: { ...right.data, apiKey: 'not-the-key-but-just-as-secret' } };
	const otherDatabase = { ...right, data: { ...right.data, database: 'nosuchdb' } };
	const prepare = {
		blank: async () => await api.createCredential(right),
		fresh: async () => {
			const id = await api.createCredential(right);
			assertSuccess(await useOnce(server, id));
			return id;
		},
		stale: async () => {
			const id = await prepare.fresh();
			await control.expireSessions('entu');
			return id;
		},
	};
	for (const [session, stored] of Object.entries(prepare)) {
		const about = `Entu, server of ${generation}, ${session} session`;
		await control.reset();
		await control.settings('entu', { generation });
		const id = await check(`${about}: saved`, stored);
		if (id === undefined) continue;
		await check(`${about}: right key`, async () => assertOk(await api.testCredential(id, right)));
		await check(`${about}: wrong key`, async () => assertRefused(await api.testCredential(id, wrong), wrong));
		await check(`${about}: wrong key, saved first`, async () => {
			await api.updateCredential(id, wrong);
			assertRefused(await api.testCredential(id, wrong), wrong);
		});
		await check(`${about}: unknown database`, async () => assertRefused(await api.testCredential(id, otherDatabase), otherDatabase));
	}
	await checkEntuSession(checks, server, generation, right, wrong);
}

/** Executions share the session that n8n has stored; a wrong key stops them with a sentence that helps. */
async function checkEntuSession({ check }: Checks, server: Server, generation: string, right: CredentialInput, wrong: CredentialInput): Promise<void> {
	const { api, control } = server;
	await control.reset();
	await control.settings('entu', { generation });
	await check(`Entu, server of ${generation}: two executions after the session has ended log in once`, async () => {
		const id = await api.createCredential(right);
		assertSuccess(await useOnce(server, id));
		await control.expireSessions('entu');
		await control.clearJournal();
		assertSuccess(await useOnce(server, id));
		assertSuccess(await useOnce(server, id));
		assert.equal((await control.summary('entu')).logins, 1);
	});
	await check(`Entu, server of ${generation}: an execution with a wrong key`, async () => {
		const { status, error = '' } = await useOnce(server, await api.createCredential(wrong));
		assertRefused({ status: status === 'error' ? 'Error' : 'OK', message: error }, wrong);
	});
}

/** Lets a workflow use a saved credential, whereupon n8n stores a session with it. */
async function useOnce({ api }: Server, id: string): Promise<Execution> {
	const start = { id: '1', name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, position: [0, 0] as [number, number], parameters: {} };
	const entu = {
		...start,
		id: '2',
		name: 'Entu',
		type: 'n8n-nodes-backoffice.entu',
		parameters: { resource: 'database', operation: 'get' },
		credentials: { entuApi: { id, name: 'Entu under test' } },
	};
	const workflow = await api.createWorkflow({
		name: 'Use a credential',
		nodes: [start, entu],
		connections: { Start: { main: [[{ node: 'Entu', type: 'main', index: 0 }]] } },
	});
	return await api.waitForExecution(await api.run(workflow, 'Start'));
}

function assertSuccess({ status, error }: Execution): void {
	assert(status === 'success', `The execution ended with "${status}": ${error}`);
}

function assertOk({ status, message }: TestResult): void {
	assert(status === 'OK', `The test failed: ${message}`);
}

/** Refused, with a sentence that helps and does not repeat the secret. */
function assertRefused({ status, message }: TestResult, { data }: CredentialInput): void {
	assert(status === 'Error', 'The test passed.');
	assert(message.length > 40 && /key|password|secret|database/i.test(message), `The message does not help: "${message}"`);
	assert(!message.includes(String(data.apiKey)), 'The message repeats the key.');
}

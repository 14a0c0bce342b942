import assert from 'node:assert/strict';
import type { CredentialInput } from '../../../../demo/api.mts';
import { exampleCredentials } from '../../../../demo/credentials.mts';
import type { Checks } from '../../checks.mts';
import { assertOk, assertRefused, testAsEditor } from './tests.mts';
import { runSaved, saveNode } from '../../nodeRun.mts';
import type { Server } from '../../server.mts';

const WRONG_KEY = 'not-the-key-but-just-as-secret';

/** Right and wrong keys on either generation of Entu's server, while the session that n8n has stored is blank, fresh or stale. */
export async function checkEntuSessions(checks: Checks, server: Server): Promise<void> {
	for (const generation of ['july', 'later']) {
		for (const session of ['blank', 'fresh', 'stale']) await checkSession(checks, server, generation, session);
	}
}

async function checkSession({ check }: Checks, server: Server, generation: string, session: string): Promise<void> {
	const about = `Entu API, server of ${generation}, ${session} session`;
	const right = example(server);
	const key = String(right.data.apiKey);
	await startOver(server, generation);
	const id = await check(`${about}: saved`, async () => await saveWith(server, right, session));
	if (id === undefined) return;
	const test = async (changes = {}) => await testAsEditor(server, id, right, changes);
	await check(`${about}: wrong key`, async () => void assertRefused(await test({ apiKey: WRONG_KEY }), [key, WRONG_KEY]));
	await check(`${about}: unknown database`, async () => void assertRefused(await test({ database: 'nosuchdb' }), [key]));
	await check(`${about}: right key`, async () => assertOk(await test()));
	await check(`${about}: wrong key, saved first`, async () => {
		const shown = await server.api.getCredential(id);
		await server.api.updateCredential(id, { ...right, data: { ...shown.data, apiKey: WRONG_KEY } });
		assertRefused(await test(), [key, WRONG_KEY]);
	});
}

async function startOver({ control }: Server, generation: string): Promise<void> {
	await control.reset();
	await control.settings('entu', { generation });
}

/** Under a name of its own: workflows find the example by its name. */
function example({ sandboxUrl }: Server): CredentialInput {
	const found = exampleCredentials(sandboxUrl).find(({ type }) => type === 'entuApi');
	assert(found);
	return { ...found, name: 'Entu under test' };
}

/** Saves a credential; n8n stores a session with it when it is used. */
async function saveWith(server: Server, credential: CredentialInput, session: string): Promise<string> {
	const id = await server.api.createCredential(credential);
	if (session !== 'blank') await useOnce(server, id);
	if (session === 'stale') await server.control.expireSessions('entu');
	return id;
}

async function useOnce({ api }: Server, id: string): Promise<void> {
	const workflow = await saveNode(api, { node: 'entu', parameters: { resource: 'database', operation: 'get' }, credentials: { entuApi: id } });
	const { status, error } = await runSaved(api, workflow);
	assert(status === 'success', `The execution ended with "${status}": ${error}`);
}

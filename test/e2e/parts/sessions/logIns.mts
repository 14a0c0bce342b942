import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import { cli } from '../../../../demo/n8n.mjs';
import type { Checks } from '../../checks.mts';
import { storedCredential } from '../../database.mts';
import { itemsOf, originsOf, runSaved, saveNode, SUBJECT, type NodeToRun } from '../../nodeRun.mts';
import type { Server } from '../../server.mts';
import { restApi, subjects, type Account } from './subjects.mts';

const WRONG = 'not-the-secret-but-just-as-secret';
const MOST_ATTEMPTS = 4;

/** Log-ins that the service refuses, and those that it can't carry out. */
export async function checkLogIns(checks: Checks, server: Server): Promise<void> {
	const all = [...subjects(server.sandboxUrl).filter(({ settings }) => 'generation' in settings || settings.badToken === '401'), restApi(server.sandboxUrl)];
	const used: string[] = [];
	for (const account of all) {
		await checkRefused(checks, server, account);
		await checkDown(checks, server, account, used);
	}
	await checks.check('n8n itself reads the same from its database', async () => await assertSameExport(server, used));
}

async function checkRefused({ check, figure }: Checks, server: Server, account: Account): Promise<void> {
	const { api, control } = server;
	const name = account.name.replace(', end told by 401', '');
	const { secret, route } = account.logIn;
	const items = Array.from({ length: 20 }, () => ({ ...account.writes.items[0] }));
	const attempt = async (onError?: NodeToRun['onError']) => {
		await control.reset();
		await control.settings(account.service, account.settings);
		const { type, data } = account.credential;
		const id = await api.createCredential({ type, name: `${name} with a wrong secret`, data: { ...data, [secret]: WRONG } });
		const execution = await runSaved(api, await saveNode(api, { node: account.node, ...account.writes, items, credentials: { [type]: id }, onError }));
		const { byRoute, requests, effects } = await control.summary(account.service);
		assert.equal(byRoute[route], 1, `The secret was tried ${byRoute[route]} times.`);
		assert.deepEqual(effects, {});
		assert(!JSON.stringify(execution).includes(WRONG), 'The execution repeats the secret.');
		return { execution, requests };
	};
	await check(`${name}: a wrong secret and 20 items, tried once and told once`, async () => {
		const { execution, requests } = await attempt();
		assert.equal(execution.status, 'error');
		assert.match(execution.error ?? '', /does not accept this/);
		assert.match(String(execution.runData[SUBJECT]?.[0]?.error?.description), /Correct the credential/);
		figure(`${name}: a wrong secret and 20 items`, `1 attempt, requests in all: ${requests}`);
	});
	await check(`${name}: a wrong secret and 20 items that go on, tried once and told for each`, async () => {
		const failed = itemsOf((await attempt('continueErrorOutput')).execution, 1).map(({ json }) => json);
		assert.equal(failed.length, items.length);
		for (const { error, message } of failed) assert.match(`${String(error)} ${(message as IDataObject).reason as string}`, /does not accept this.* log-in refused$/s);
	});
}

/** What cannot be carried out at the moment is not taken for a refusal: the next item tries again. */
async function checkDown({ check, figure }: Checks, server: Server, account: Account, used: string[]): Promise<void> {
	const { api, control } = server;
	const name = account.name.replace(', end told by 401', '');
	await check(`${name}: a log-in that is not possible for a while fails one item and no more`, async () => {
		await control.reset();
		await control.settings(account.service, account.settings);
		await control.fault({ service: account.service, path: account.logIn.path, times: MOST_ATTEMPTS, fault: { type: 'status', status: 502 } });
		const { type } = account.credential;
		const id = await api.createCredential({ ...account.credential, name: `${name} while the log-in is down` });
		used.push(id);
		const work = account.reads ?? account.writes;
		const parameters = { ...work.parameters, options: { parallelRequests: 1 } };
		const items = work.items.slice(0, 3);
		const execution = await runSaved(api, await saveNode(api, { node: account.node, parameters, items, credentials: { [type]: id }, onError: 'continueErrorOutput' }));
		const [failed, ...more] = itemsOf(execution, 1);
		assert.match(String(failed?.json.error), /can’t log in anybody at the moment \(HTTP 502\)/);
		assert.equal((failed?.json.message as IDataObject).reason, 'service down');
		assert.equal(more.length, 0, 'More than the first item failed.');
		assert.deepEqual([...new Set(originsOf(itemsOf(execution)))], [1, 2]);
		const { byRoute, logins } = await control.summary(account.service);
		assert.deepEqual([byRoute[account.logIn.route], logins], [MOST_ATTEMPTS + 1, 1]);
		figure(`${name}: a log-in that is not possible for a while`, `${MOST_ATTEMPTS} attempts for the item that failed, 1 for all others`);
	});
}

/** Our way to read the database against n8n's own command. */
async function assertSameExport(server: Server, credentials: readonly string[]): Promise<void> {
	const folder = mkdtempSync(path.join(server.home, 'export-'));
	try {
		const file = path.join(folder, 'credentials.json');
		const { code, stderr } = await cli({ host: server.host, home: server.home, args: ['export:credentials', '--all', '--decrypted', `--output=${file}`] });
		assert.equal(code, 0, `n8n could not export its credentials: ${stderr}`);
		const exported = JSON.parse(readFileSync(file, 'utf8')) as Array<{ id: string; data: IDataObject }>;
		for (const id of credentials) {
			const stored = await storedCredential(server, id);
			assert(stored.sessionToken, `The credential ${id} has no session.`);
			assert.deepEqual(exported.find((one) => one.id === id)?.data, stored);
		}
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

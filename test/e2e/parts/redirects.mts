import assert from 'node:assert/strict';
import { exampleCredentials } from '../../../demo/credentials.mts';
import type { Control } from '../../../sandbox/client.mts';
import { Search, sentSecrets, type Secret } from '../../support/secrets.mts';
import type { Checks } from '../checks.mts';
import { describedCredentials, describedNodes } from '../described.mts';
import { dynamicFields, type DynamicField } from '../fields.mts';
import { startForeignHost, type ForeignHost } from '../foreignHost.mts';
import { accesses, fanOut, inLanes, itemsFor, nameOf, nodeOf } from '../operations.mts';
import type { Server } from '../server.mts';
import { NO_LOG_IN, services } from './leaks/faults.mts';
import { testAsEditor } from './credentials/tests.mts';

/** The figure that `npm run compat` shows. */
export const BYTES_OF_SECRETS = 'bytes of a secret that another host was sent by redirects';

/** Which requests are redirected: with all of them, a session never begins; without log-ins, every session is there. */
const ROUNDS = [
	{ which: 'every request', path: '' },
	{ which: 'every request but log-ins', path: NO_LOG_IN },
];
/** 302 makes a GET of what was sent, 307 sends it again as it is. */
const STATUSES = [302, 307];
/** What is started at once. */
const WIDTH = 8;

/** Lets all services lead on to another host, and searches in what arrives there. */
export async function checkRedirects(checks: Checks, server: Server): Promise<void> {
	const foreign = await startForeignHost();
	try {
		await checkWith(checks, server, foreign);
	} finally {
		await foreign.stop();
		await server.control.reset();
	}
}

async function checkWith({ check, figure }: Checks, server: Server, foreign: ForeignHost): Promise<void> {
	const { control } = server;
	const sent = new Set<string>();
	for (const status of STATUSES) {
		for (const { which, path } of ROUNDS) {
			const about = `${which} is answered with ${status}`;
			await control.reset();
			await control.settings('endocs', { rateLimit: null });
			const subject = await prepare(server, `${status}, ${which}`);
			if (path !== '') await logIn(server, subject);
			await redirect(control, status, path, foreign.url);
			await check(`${about}: all operations`, async () => await runAll(server, subject));
			await check(`${about}: all credential tests`, async () => await testAll(server, subject));
			await check(`${about}: all look-ups`, async () => await lookUpAll(server, subject));
			await check(`${about}: each service was asked, and redirected`, async () => await wereStruck(control));
			for (const service of services) for (const secret of sentSecrets(await control.journal(service))) sent.add(secret);
		}
	}
	const secrets = await secretsOf(server, sent);
	const received = foreign.received();
	await check('the other host was sent nothing of a secret', () => {
		const found = new Search(secrets).in(Buffer.from(received)).map(({ secret, form }) => `${secret}, ${form}`);
		assert.deepEqual(found, []);
	});
	await check('what is sent to the other host is seen', async () => {
		const [planted] = secrets;
		assert(planted);
		await fetch(`${foreign.url}/planted`, { headers: { 'x-planted': planted.value } });
		assert(new Search([planted]).in(Buffer.from(foreign.received())).length > 0, 'The search does not see it.');
	});
	figure('secrets that were searched for', String(secrets.length));
	figure('requests that another host was sent by redirects', String(foreign.requests() - 1));
	figure(BYTES_OF_SECRETS, String(secrets.reduce((sum, { value }) => sum + (received.split(value).length - 1) * value.length, 0)));
}

interface Subject {
	/** By type: the id of a credential that nobody has used yet. */
	credentials: Record<string, string>;
	/** One for each operation. */
	workflowIds: string[];
	fields: DynamicField[];
}

async function prepare({ api, sandboxUrl, ...server }: Server, round: string): Promise<Subject> {
	const credentials: Record<string, string> = {};
	for (const example of exampleCredentials(sandboxUrl)) credentials[example.type] = await api.createCredential({ ...example, name: `${example.name}, ${round}` });
	const workflowIds: string[] = [];
	for (const access of accesses) {
		for (const [key, sample] of Object.entries(access.operations)) {
			const node = nodeOf(access, key, { id: credentials[access.credentialType] ?? '', name: access.credentialType });
			const items = itemsFor(sample, [sample.items?.[0] ?? {}]);
			workflowIds.push(await api.createWorkflow(fanOut(nameOf(access, key), [{ ...node, onError: 'continueRegularOutput' }], items)));
		}
	}
	const fields = (await describedNodes({ api, sandboxUrl, ...server })).flatMap(dynamicFields);
	return { credentials, workflowIds, fields: [...new Map(fields.map((field) => [`${field.node.name} ${field.method} ${field.credentialType}`, field])).values()] };
}

/** Lets n8n begin and store a session for each credential: its test does. */
async function logIn(server: Server, { credentials }: Subject): Promise<void> {
	for (const example of exampleCredentials(server.sandboxUrl)) {
		const { status, message } = await testAsEditor(server, credentials[example.type] ?? '', example, {});
		assert.equal(status, 'OK', `${example.type}: ${message}`);
	}
}

async function redirect(control: Control, status: number, path: string, location: string): Promise<void> {
	for (const service of services) await control.fault({ service, times: -1, fault: { type: 'redirect', status, location: `${location}/redirected` }, ...(path ? { path } : {}) });
}

/** What comes of the operations does not matter here: an address that redirects is a fault for most of them. */
async function runAll({ api }: Server, { workflowIds }: Subject): Promise<void> {
	const statuses = await inLanes(WIDTH, workflowIds, async (id) => (await api.waitForExecution(await api.run(id, 'Start'))).status);
	assert.deepEqual([...new Set(statuses)], ['success'], 'A failed item must not end a workflow that goes on.');
}

async function testAll(server: Server, { credentials }: Subject): Promise<void> {
	for (const example of exampleCredentials(server.sandboxUrl)) {
		const { message } = await testAsEditor(server, credentials[example.type] ?? '', example, {});
		assert.match(message, /\S/);
	}
}

async function lookUpAll({ api }: Server, { credentials, fields }: Subject): Promise<void> {
	for (const { node, version, kind, method, path, parameters, credentialType: type } of fields) {
		const asked = { kind, method, path, nodeType: node.name, version, parameters, credentials: { [type]: { id: credentials[type] ?? '', name: type } } };
		await api.lookUp(asked).catch(() => undefined);
	}
}

async function wereStruck(control: Control): Promise<void> {
	const idle = (await control.faults()).filter(({ fired, service }) => fired === 0 && service !== 'entu-storage').map(({ service }) => service);
	assert.deepEqual(idle, []);
}

/** What stands in credentials, what the services have handed out, what they were sent; each text once. */
async function secretsOf(server: Server, sent: ReadonlySet<string>): Promise<Secret[]> {
	const types = await describedCredentials(server);
	const entered = exampleCredentials(server.sandboxUrl).flatMap(({ type, data }) => {
		const fields = types.find(({ name }) => name === type)?.properties.filter(({ typeOptions }) => typeOptions?.password === true) ?? [];
		return fields.map(({ name }) => ({ name: `${type} ${name}`, value: String(data[name] ?? '') }));
	});
	const issued = (await server.control.issued()).map((value, n) => ({ name: `issued secret ${n + 1}`, value }));
	const received = [...sent].map((value, n) => ({ name: `sent secret ${n + 1}`, value }));
	const all = [...issued, ...received, ...entered].filter(({ value }) => value !== '');
	return [...new Map(all.map((secret) => [secret.value, secret])).values()];
}

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { formCount, Search, writtenForms, type Secret } from '../../support/secrets.mts';
import type { Checks } from '../checks.mts';
import { describedCredentials, describedNodes } from '../described.mts';
import { startForeignHost, type ForeignHost } from '../foreignHost.mts';
import { startServer, type Server } from '../server.mts';
import { databaseFiles, databaseTables, files, type Place } from './leaks/places.mts';
import { newMarker, plant, showTokens } from './leaks/planted.mts';
import { runAll, type Evidence } from './leaks/runs.mts';

/** All that n8n writes down by itself, at its most talkative. */
const TALKATIVE = {
	N8N_LOG_LEVEL: 'debug',
	N8N_LOG_OUTPUT: 'console,file',
	EXECUTIONS_DATA_SAVE_ON_ERROR: 'all',
	EXECUTIONS_DATA_SAVE_ON_SUCCESS: 'all',
	EXECUTIONS_DATA_SAVE_ON_PROGRESS: 'true',
	EXECUTIONS_DATA_SAVE_MANUAL_EXECUTIONS: 'true',
	N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem',
};

/** Searches for all secrets in whatever a run with every fault leaves behind. */
export async function checkLeaks(checks: Checks, release: string): Promise<void> {
	const foreign = await startForeignHost();
	let server: Server | undefined;
	try {
		server = await startServer(release, TALKATIVE);
		await search(checks, server, foreign);
	} finally {
		await server?.stop();
		await foreign.stop();
	}
}

async function search({ check, figure }: Checks, server: Server, foreign: ForeignHost): Promise<void> {
	const evidence: Evidence = { server, nodeTypes: await describedNodes(server), credentialTypes: await describedCredentials(server), foreign, credentials: [], answers: [], sent: new Set(), issued: new Set(), executions: 0, struck: new Map() };
	await check('operations of every kind run, in all three modes of "On Error", through every fault, with wrong credentials and with services that are down', async () => {
		await runAll(evidence);
		const notStruck = [...evidence.struck].filter(([name, times]) => times === 0 && !/^(no fault|wrong credentials|service down)$/.test(name)).map(([name]) => name);
		assert.deepEqual(notStruck, [], 'A fault has struck no request.');
	});
	const marker = newMarker();
	const smartConnect = evidence.credentials.find(({ type, name, data }) => type === 'smartConnectApi' && name.endsWith('right') && String(data.apiUrl).startsWith(server.sandboxUrl));
	const planted = await check('a text that is no secret is planted everywhere, and tokens where they are wanted', async () => {
		assert(smartConnect);
		const answers = await plant(server, foreign, marker);
		const shown = await showTokens(server, smartConnect);
		for (const secret of await server.control.issued()) evidence.issued.add(secret);
		return { answers, shown };
	});
	if (!planted) return;
	const secrets = secretsOf(evidence).filter(({ value }) => !planted.shown.includes(value));
	await check('every secret field of every credential, every token and signature that was handed out, and every secret as it was sent are searched for', () => isComplete(evidence, secrets));
	await check('each form of a secret is found, also a part of it', () => findsForms());

	const answers = [...evidence.answers, ...planted.answers.map((answer) => JSON.stringify(answer))];
	const atWork = databaseFiles(server, 'while n8n runs');
	await server.stopN8n();
	const places: Place[] = [
		atWork,
		databaseFiles(server, 'after n8n has ended'),
		await databaseTables(server),
		...files(server),
		{ name: "the answers of n8n's REST interface", contents: [{ name: 'answers', bytes: Buffer.from(answers.join('\n')) }] },
		{ name: 'what a foreign host was sent', contents: [{ name: 'requests', bytes: Buffer.from(foreign.received()) }] },
	];
	const forSecrets = new Search(secrets);
	const forMarker = new Search([{ name: 'marker', value: marker }]);
	for (const place of places) {
		await check(`nothing in ${place.name}`, () => assert.deepEqual(hitsIn(forSecrets, place), []));
		await check(`what was planted is found in ${place.name}`, () => assert(hitsIn(forMarker, place).length > 0, 'The search does not see it.'));
	}
	await check('tokens that "Token: Get" was asked to show are found in its output, and in no log', () => {
		const forShown = new Search(planted.shown.map((value, n) => ({ name: `token ${n + 1}`, value })));
		const where = places.filter((place) => hitsIn(forShown, place).length > 0).map(({ name }) => name);
		assert.deepEqual(where, places.filter(({ name }) => name.startsWith('the database')).map(({ name }) => name));
	});

	const bytes = places.flatMap(({ contents }) => contents).reduce((sum, one) => sum + one.bytes.length, 0);
	figure('secrets searched for', `${secrets.length}, each in ${formCount} forms`);
	figure('searched', `${places.length} kinds of places, ${Math.round(bytes / 1e6)} MB`);
	figure('executions', `${evidence.executions}, through ${evidence.struck.size} faults that struck ${[...evidence.struck.values()].reduce((a, b) => a + b, 0)} requests`);
	figure('requests to a foreign host, where a storage had sent the nodes', String(foreign.requests() - 1));
}

/** What a hit is told as: never the secret itself. */
function hitsIn(search: Search, place: Place): string[] {
	return place.contents.flatMap(({ name, bytes }) => search.in(bytes).map(({ secret, form }) => `${secret}, ${form}, in ${name}`));
}

/** What was entered in credentials, what the services received, what they handed out; each text once. */
function secretsOf({ credentials, sent, issued: handedOut }: Evidence): Secret[] {
	const entered = credentials.flatMap(({ type, data, secretFields }) => secretFields.map((field) => ({ name: `${type} ${field}`, value: String(data[field] ?? '') })));
	const received = [...sent].map((value, n) => ({ name: `received secret ${n + 1}`, value }));
	const issued = [...handedOut].map((value, n) => ({ name: `issued secret ${n + 1}`, value }));
	const all = [...issued, ...received, ...entered].filter(({ value }) => value !== '');
	return [...new Map(all.map((secret) => [secret.value, secret])).values()];
}

function isComplete({ credentials, credentialTypes, sent, issued }: Evidence, secrets: readonly Secret[]): void {
	assert.deepEqual([...new Set(credentials.map(({ type }) => type))].sort(), credentialTypes.map(({ name }) => name).sort(), 'A credential type was not used.');
	const known = new Set(secrets.map(({ value }) => value));
	for (const { type, data, secretFields } of credentials) {
		const entered = secretFields.filter((field) => field in data);
		assert(entered.length > 0, `${type} has no secret field.`);
		for (const field of entered) assert(known.has(String(data[field])), `${type} ${field} is not searched for.`);
	}
	assert(issued.size > 10 && sent.size > 10, `Only ${issued.size} secrets were handed out and ${sent.size} sent.`);
}

function findsForms(): void {
	const value = `${randomBytes(9).toString('base64')}+/"ä${randomBytes(9).toString('hex')}`;
	const search = new Search([{ name: 'secret', value }]);
	const around = (text: string) => Buffer.from(`{"a":"xy${text}z"}`);
	for (const { form, text } of writtenForms(value)) assert(search.in(around(text)).length > 0, `${form}: not found.`);
	for (const user of ['', 'a', 'ab']) assert(search.in(around(Buffer.from(`${user}:${value}`).toString('base64'))).length > 0, 'Basic: not found.');
	assert(search.in(around(value.slice(3, 20))).length > 0, 'A part of it: not found.');
	assert.deepEqual(search.in(around(newMarker())), []);
}

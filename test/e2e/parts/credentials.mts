import assert from 'node:assert/strict';
import type { INodeParameters } from 'n8n-workflow';
import type { CredentialInput } from '../../../demo/api.mts';
import { exampleCredentials } from '../../../demo/credentials.mts';
import { freePorts } from '../../../demo/ports.mjs';
import { known } from '../../../sandbox/smartconnect/seed.mts';
import type { Fault } from '../../../sandbox/client.mts';
import { addresses, mistakesIn, secretsIn } from '../../support/mistakes.mts';
import type { Checks } from '../checks.mts';
import { assertOk, assertRefused, testAsEditor } from './credentials/tests.mts';
import { describedCredentials, type DescribedCredential } from '../described.mts';
import { saveExamples } from '../examples.mts';
import { itemsOf, runSaved, saveNode } from '../nodeRun.mts';
import type { Server } from '../server.mts';
import { checkEntuSessions } from './credentials/entu.mts';

/** What a service in trouble may answer. */
const troubles: Record<string, Fault> = {
	'an error 500': { type: 'status', status: 500 },
	'a web page with status 502': { type: 'html', status: 502 },
	'a web page with status 200': { type: 'html', status: 200 },
	'nothing at all': { type: 'empty', status: 200 },
};

/** An operation that uses the credential and gives something out. */
const uses: Record<string, { node: string; parameters: INodeParameters }> = {
	accuticsApi: { node: 'accutics', parameters: { resource: 'entity', operation: 'getAll', path: '/sandbox/groups' } },
	enDocsCloudApi: { node: 'enDocsCloud', parameters: { resource: 'user', operation: 'getAll' } },
	entoApi: { node: 'ento', parameters: { resource: 'employee', operation: 'getAll' } },
	entuApi: { node: 'entu', parameters: { resource: 'database', operation: 'get' } },
	smartConnectApi: { node: 'smartConnect', parameters: { authentication: 'webService', resource: 'connection', operation: 'getAll' } },
	smartConnectRestApi: { node: 'smartConnect', parameters: { authentication: 'restApi', resource: 'integration', operation: 'run', integrationId: known.customers } },
};

/** Tests every credential type through n8n, as the editor does when a person saves one, and uses it. */
export async function checkCredentials(checks: Checks, server: Server): Promise<void> {
	const types = await describedCredentials(server);
	const examples = exampleCredentials(server.sandboxUrl);
	await checks.check('there is an example of every credential type', () => {
		assert.deepEqual(examples.map(({ type }) => type).sort(), types.map(({ name }) => name).sort());
	});
	await server.control.reset();
	const ids = await saveExamples(server);
	const refusals: string[] = [];
	for (const type of types) {
		const example = examples.find((credential) => credential.type === type.name);
		if (example) await checkType(checks, server, { type, example, id: ids[type.name] ?? '', refusals });
	}
	checks.figure('Refusals that are a sentence to act on and hold no secret', `${refusals.length}, ${new Set(refusals).size} of them different`);
	await checkEntuSessions(checks, server);
	await server.control.reset();
}

interface Subject {
	type: DescribedCredential;
	/** A credential that works. */
	example: CredentialInput;
	/** Under which it is saved in n8n. */
	id: string;
	/** Takes up every text that was shown. */
	refusals: string[];
}

async function checkType({ check }: Checks, server: Server, subject: Subject): Promise<void> {
	const { type, example, id, refusals } = subject;
	const { displayName: title, properties } = type;
	const { control } = server;
	const test = async (changes = {}) => await testAsEditor(server, id, example, changes);
	const refused = async (changes = {}) => refusals.push(assertRefused(await test(changes), secretsIn(properties, { ...example.data, ...changes })));

	await check(`${title}: right, before its first use`, async () => assertOk(await test()));
	await check(`${title}: right, once more`, async () => assertOk(await test()));
	for (const { displayName, name } of addresses(properties, example.data)) {
		await check(`${title}: a slash after the ${displayName}, in the test and in use`, async () => {
			const changes = { [name]: `${String(example.data[name])}/` };
			assertOk(await test(changes));
			await use(server, { ...example, name: `${example.name} with a slash`, data: { ...example.data, ...changes } });
		});
	}
	const [closedPort] = await freePorts(1);
	for (const { name, changes } of mistakesIn(properties, example.data, `http://127.0.0.1:${closedPort}`)) {
		await check(`${title}: ${name}`, async () => void (await refused(changes)));
	}
	for (const [name, fault] of Object.entries(troubles)) {
		await check(`${title}: the service answers with ${name}`, async () => {
			await control.fault({ service: serviceOf(example), times: -1, fault });
			try {
				await refused();
			} finally {
				await control.clearFaults();
			}
		});
	}
}

/** The name of the sandbox's service that a credential is for. */
function serviceOf({ data }: CredentialInput): string {
	const address = Object.values(data).map(String).find((value) => URL.canParse(value)) ?? '';
	return new URL(address).pathname.split('/')[1] ?? '';
}

async function use({ api }: Server, credential: CredentialInput): Promise<void> {
	const wanted = uses[credential.type];
	assert(wanted, `Nobody has said how to use a ${credential.type}: see test/e2e/parts/credentials.mts.`);
	const execution = await runSaved(api, await saveNode(api, { ...wanted, credentials: { [credential.type]: await api.createCredential(credential) } }));
	assert(execution.status === 'success', `The execution ended with "${execution.status}": ${execution.error ?? 'no message'}`);
	assert(itemsOf(execution).length > 0, 'The execution gave nothing out.');
}

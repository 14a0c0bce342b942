// What the search must find: without it, "nothing found" would say nothing.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { outputOf, type Execution } from '../../../../demo/api.mts';
import { userKey } from '../../../../sandbox/entu/seed-known.mts';
import type { ForeignHost } from '../../foreignHost.mts';
import { fanOut } from '../../operations.mts';
import { packageJson, type Server } from '../../server.mts';

/** A text that is no secret. */
export const newMarker = (): string => `planted-${randomBytes(16).toString('hex')}`;

/** Lets the marker come everywhere a secret could come: names, data, files, errors, logs, a foreign host. Gives back n8n's answers. */
export async function plant({ api }: Server, foreign: ForeignHost, marker: string): Promise<unknown[]> {
	const credential = await api.createCredential({ name: marker, type: 'entoApi', data: { apiKey: 'not-used-by-anything', baseUrl: foreign.url, employeesPath: '/', shiftsPath: '/' } });
	// The last one ends the workflow.
	const nodes = [
		{ name: `File ${marker}`, type: 'n8n-nodes-base.convertToFile', typeVersion: 1.1, parameters: { operation: 'toText', sourceProperty: 'text', options: {} } },
		{ name: `Elsewhere ${marker}`, type: 'n8n-nodes-base.httpRequest', typeVersion: 4.2, parameters: { url: `${foreign.url}/${marker}`, options: {} } },
		{ name: `Error ${marker}`, type: 'n8n-nodes-base.stopAndError', parameters: { errorMessage: `An error that tells ${marker}` } },
	];
	const execution = await run(api, fanOut('Planted', nodes, [{ json: { text: marker } }]));
	assert(execution.error?.includes(marker), `The planted error did not come: ${execution.error}`);
	return [await api.getCredential(credential), await api.call('GET', `/rest/executions/${execution.id}`)];
}

/** Lets the operations that show a token do so: real secrets in a place where they are wanted. Gives back the tokens. */
export async function showTokens({ api, sandboxUrl }: Server, smartConnect: { id: string; name: string }): Promise<string[]> {
	const name = 'Entu, another person';
	const entu = { id: await api.createCredential({ name, type: 'entuApi', data: { baseUrl: `${sandboxUrl}/entu`, database: 'labdb', apiKey: userKey } }), name };
	const token = { resource: 'token', operation: 'get' };
	const nodes: Parameters<typeof fanOut>[1] = [
		{ name: 'Entu', type: `${packageJson().name}.entu`, parameters: token, credentials: { entuApi: entu } },
		{ name: 'SmartConnect', type: `${packageJson().name}.smartConnect`, parameters: { ...token, authentication: 'webService' }, credentials: { smartConnectApi: smartConnect } },
	];
	const execution = await run(api, fanOut('Tokens', nodes, [{ json: {} }]));
	const tokens = nodes.flatMap(({ name: node }) => outputOf(execution, node).map((record) => String(record.token)));
	assert.equal(tokens.length, 2, `Tokens were not shown: ${execution.error}`);
	return tokens;
}

async function run(api: Server['api'], workflow: ReturnType<typeof fanOut>): Promise<Execution> {
	return await api.waitForExecution(await api.run(await api.createWorkflow(workflow), 'Start'));
}

/** The single-service packages in packages/: what is committed there, and what must hold for all six for ever. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { INodeProperties } from 'n8n-workflow';
import { exampleWorkflows } from '../demo/examples.mts';

interface Manifest {
	name: string;
	version: string;
	n8n: { nodes: string[]; credentials: string[] };
}

const readJson = <T,>(file: string) => JSON.parse(readFileSync(file, 'utf8')) as T;
const whole = readJson<Manifest>('package.json');
const manifests = readdirSync('packages').map((name) => ({ name, folder: path.join('packages', name), manifest: readJson<Manifest>(path.join('packages', name, 'package.json')) }));

test('are what the sources make of them', () => {
	const check = () => execFileSync(process.execPath, ['-e', 'import("./scripts/singles.mjs").then((singles) => singles.check())'], { stdio: 'pipe' });
	expect(check).not.toThrow();
});

test('are five, for the five services', () => {
	expect(manifests.map(({ name }) => name)).toEqual(['n8n-nodes-accutics', 'n8n-nodes-endocs-cloud', 'n8n-nodes-ento', 'n8n-nodes-entu', 'n8n-nodes-smartconnect']);
	for (const { name, manifest } of manifests) expect(manifest).toMatchObject({ name, version: whole.version });
});

test('have together all nodes and credentials, each once', () => {
	for (const kind of ['nodes', 'credentials'] as const) {
		expect(manifests.flatMap(({ manifest }) => manifest.n8n[kind]).sort()).toEqual([...whole.n8n[kind]].sort());
	}
});

test.each(manifests)('$name: its examples use nodes of its own only', ({ name, folder, manifest }) => {
	const own = manifest.n8n.nodes.map((file) => `${name}.${path.basename(file, '.node.js').replace(/^./, (first) => first.toLowerCase())}`);
	const used = exampleWorkflows(folder).flatMap(({ workflow }) => workflow.nodes.map(({ type }) => type));
	const foreign = used.filter((type) => !/^(n8n-nodes-base|@n8n\/n8n-nodes-langchain)\./.test(type) && !own.includes(type));
	expect(foreign).toEqual([]);
	expect(used.some((type) => own.includes(type))).toBe(true);
});

test.each(manifests)('$name: its README leads to what is there', ({ folder }) => {
	const readme = readFileSync(path.join(folder, 'README.md'), 'utf8');
	const files = [...readme.matchAll(/\/blob\/main\/([^)#]+)/g)].map(([, file]) => file ?? '');
	expect(files.length).toBeGreaterThan(3);
	expect(files.filter((file) => !existsSync(file))).toEqual([]);
});

/**
 * n8n knows a credential type by its name alone: where two packages define it, one class serves both, also in another version. So a field that
 * was published once stays, with its type, and so do the hidden ones that a session is kept in.
 */
const FIELDS: Record<string, Record<string, string>> = {
	accuticsApi: { baseUrl: 'string', token: 'string', testPath: 'string', session: 'expirable' },
	enDocsCloudApi: { apiToken: 'string', baseUrl: 'string', sendAs: 'options', headerName: 'string', session: 'expirable' },
	entoApi: { apiKey: 'string', baseUrl: 'string', employeesPath: 'string', shiftsPath: 'string', session: 'expirable' },
	entuApi: { baseUrl: 'string', database: 'string', apiKey: 'string', sessionToken: 'expirable', sessionFor: 'hidden' },
	smartConnectApi: { apiUrl: 'string', customerId: 'string', email: 'string', password: 'string', loginUrl: 'string', sessionToken: 'expirable', sessionFor: 'hidden' },
	smartConnectRestApi: {
		region: 'options',
		host: 'string',
		username: 'string',
		password: 'string',
		clientId: 'string',
		clientSecret: 'string',
		sessionToken: 'expirable',
		refreshToken: 'hidden',
		sessionFor: 'hidden',
		sessionUntil: 'hidden',
	},
};

test.each(Object.entries(FIELDS))('the credential %s keeps its fields', (name, fields) => {
	const { properties } = readJson<Array<{ name: string; properties: INodeProperties[] }>>('dist/types/credentials.json').find((type) => type.name === name) ?? { properties: [] };
	const types = Object.fromEntries(properties.map((property) => [property.name, property.typeOptions?.expirable ? 'expirable' : property.type]));
	expect(types).toMatchObject(fields);
});

test('no credential is missing in that list', () => {
	expect(Object.keys(FIELDS).sort()).toEqual(readdirSync('credentials').map((file) => file.replace(/\.credentials\.ts$/, '').replace(/^./, (first) => first.toLowerCase())).sort());
});

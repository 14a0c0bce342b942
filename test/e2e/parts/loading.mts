import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { Checks } from '../checks.mts';
import { describedCredentials, describedNodes, type DescribedCredential, type DescribedNode } from '../described.mts';
import { packageJson, type Server } from '../server.mts';

const CUSTOM_CALL = { name: 'Custom API Call', value: '__CUSTOM_API_CALL__' };

/** The type names of all nodes in the package, as workflows name them. */
export function packageNodes(): string[] {
	return packageJson().n8n.nodes.map((file) => typeName(file));
}

/** What package.json promises is what n8n's editor gets. */
export async function checkLoading({ check, figure }: Checks, server: Server): Promise<void> {
	const { name, version, n8n } = packageJson();
	figure('Size of the package', `${Math.round(server.tarballBytes / 1000)} kB`);
	await check('Settings → Community nodes lists the package with its version and its nodes', async () => {
		const { data } = await server.api.call<{ data: InstalledPackage[] }>('GET', '/rest/community-packages');
		const found = data.find(({ packageName }) => packageName === name);
		// Older releases say nothing where all is well.
		assert.deepEqual([found?.installedVersion, found?.failedLoading ?? false], [version, false]);
		assert.deepEqual(found?.installedNodes.map(({ type }) => type).sort(), packageNodes().sort());
	});
	const nodes = await describedNodes(server);
	for (const file of n8n.nodes) await checkNode(check, server, file, nodes.find((node) => node.name === typeName(file)));
	const credentials = await describedCredentials(server);
	for (const file of n8n.credentials) {
		const type = lowerFirst(path.basename(file, '.credentials.js'));
		await checkCredential(check, server, type, credentials.find((credential) => credential.name === type));
	}
}

interface InstalledPackage {
	packageName: string;
	installedVersion: string;
	installedNodes: { type: string }[];
	failedLoading?: boolean;
}

async function checkNode(check: Checks['check'], server: Server, file: string, node: DescribedNode | undefined): Promise<void> {
	const title = path.basename(file, '.node.js');
	if (!node) return void (await check(`node ${title}`, () => assert.fail(`n8n does not know "${typeName(file)}".`)));
	await check(`node ${title}: icons for light and dark`, async () => await checkIcons(server, node));
	await check(`node ${title}: categories, search words and links to documentation are those of its codex file`, () => {
		const { categories, subcategories, alias, resources } = JSON.parse(readFileSync(file.replace(/\.js$/, '.json'), 'utf8')) as Record<string, unknown>;
		const { primaryDocumentation, credentialDocumentation } = resources as Record<string, unknown>;
		assert.deepEqual(node.codex, withoutUndefined({ categories, subcategories, alias, resources: { primaryDocumentation, credentialDocumentation } }));
		assert(node.codex?.alias?.length && node.codex.categories?.length && node.codex.resources?.primaryDocumentation?.length, 'Something of it is empty.');
	});
	// Triggers have events in place of resources and operations, and no AI agent calls them.
	if (node.group.includes('trigger')) {
		return void (await check(`node ${title}: begins with its events`, () => assert.equal(node.properties.find(({ type }) => type === 'options')?.displayName, 'Event')));
	}
	await check(`node ${title}: "Custom API Call" among the resources, and among the operations of each`, () => {
		const lists = node.properties.filter(({ name }) => name === 'resource' || name === 'operation');
		assert(lists.some(({ name }) => name === 'resource'), 'There is no list of resources.');
		for (const list of lists) assert.deepEqual(lastOption(list), CUSTOM_CALL, `The last choice of "${list.displayName}" is another one.`);
	});
	const schemas = schemasOf(file);
	if (schemas.length > 0) await check(`node ${title}: previews of its output (${schemas.length})`, async () => await checkSchemas(server, node, schemas));
	await check(`node ${title} as a tool of AI agents`, async () => {
		const all = await server.api.call<DescribedNode[]>('GET', '/types/nodes.json');
		assert.deepEqual(all.find(({ name }) => name === `${node.name}Tool`)?.outputs, ['ai_tool']);
	});
}

async function checkCredential(check: Checks['check'], server: Server, type: string, credential: DescribedCredential | undefined): Promise<void> {
	await check(`credential ${type}: icons for light and dark, a link to documentation, and nodes that take it`, async () => {
		assert(credential, `n8n does not know "${type}".`);
		await checkIcons(server, credential);
		assert.match(credential.documentationUrl ?? '', /^https:\/\//);
		assert(credential.supportedNodes?.every((name) => packageNodes().includes(name)), 'It names nodes that are not in the package.');
	});
}

/** An icon for each theme where there are two in the package, each answered as an image. */
async function checkIcons({ url }: Server, { iconUrl }: Pick<DescribedNode, 'iconUrl'>): Promise<void> {
	const { light, dark } = typeof iconUrl === 'object' ? iconUrl : { light: iconUrl, dark: undefined };
	assert(light !== undefined, 'There is no icon.');
	const darkFile = light.replace(/^icons\/[^/]+\//, '').replace(/\.svg$/, '.dark.svg');
	assert.equal(dark !== undefined, existsSync(darkFile), `The icon for the dark theme and ${darkFile} do not go together.`);
	const images = await Promise.all([light, dark].flatMap((icon) => (icon === undefined ? [] : [imageAt(`${url}/${icon}`)])));
	assert.equal(new Set(images).size, images.length, 'Both themes have the same icon.');
}

async function imageAt(address: string): Promise<string> {
	// n8n may close a connection kept alive just as it is used again.
	const answer = await fetch(address, { headers: { connection: 'close' } });
	assert(answer.ok, `The icon ${address} is answered with ${answer.status}.`);
	assert.match(answer.headers.get('content-type') ?? '', /^image\/svg/);
	return await answer.text();
}

/** The version, the resource and the operation of each output preview in the package. */
function schemasOf(file: string): string[] {
	const folder = path.join(path.dirname(file), '__schema__');
	if (!existsSync(folder)) return [];
	return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json')).sort();
}

async function checkSchemas({ api }: Server, { name }: DescribedNode, schemas: readonly string[]): Promise<void> {
	for (const schema of schemas) {
		const { type } = await api.call<{ type: string }>('GET', `/schemas/${name}/${schema.replace(/^v/, '')}`);
		assert(['object', 'array'].includes(type), `The preview ${schema} is of the type "${type}".`);
	}
}

function lastOption({ options = [] }: INodeProperties): { name: string; value: unknown } {
	const { name, value } = (options as INodePropertyOptions[]).at(-1) ?? { name: '', value: '' };
	return { name, value };
}

const withoutUndefined = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);
const typeName = (file: string) => `${packageJson().name}.${lowerFirst(path.basename(file, '.node.js'))}`;

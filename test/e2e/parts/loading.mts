import assert from 'node:assert/strict';
import path from 'node:path';
import type { Checks } from '../checks.mts';
import { packageJson, type Server } from '../server.mts';

interface Described {
	name: string;
	iconUrl?: string | { light: string; dark: string };
}

/** The type names of all nodes in the package, as workflows name them. */
export function packageNodes(): string[] {
	const { name, n8n } = packageJson();
	return n8n.nodes.map((file) => `${name}.${lowerFirst(path.basename(file, '.node.js'))}`);
}

/** What package.json promises is what n8n's editor gets, icons included. */
export async function checkLoading({ check }: Checks, server: Server): Promise<void> {
	const nodes = await describe(server, 'nodes');
	const credentials = await describe(server, 'credentials');
	for (const name of packageNodes()) {
		await check(`node ${name}`, () => isOffered(server, nodes, name));
		await check(`node ${name} as a tool of AI agents`, () => isOffered(server, nodes, `${name}Tool`));
	}
	for (const file of packageJson().n8n.credentials) {
		const name = lowerFirst(path.basename(file, '.credentials.js'));
		await check(`credential ${name}`, () => isOffered(server, credentials, name));
	}
}

async function describe({ api }: Server, kind: 'nodes' | 'credentials'): Promise<Described[]> {
	return await api.call('GET', `/types/${kind}.json`);
}

async function isOffered({ url }: Server, described: Described[], name: string): Promise<void> {
	const found = described.find((one) => one.name === name);
	assert(found, `n8n does not know "${name}".`);
	const icons = typeof found.iconUrl === 'string' ? [found.iconUrl] : Object.values(found.iconUrl ?? {});
	assert(icons.length > 0, `"${name}" has no icon.`);
	for (const icon of icons) assert((await fetch(`${url}/${icon}`)).ok, `The icon ${icon} cannot be fetched.`);
}

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

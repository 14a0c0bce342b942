/** Every example workflow can be imported as it is, whichever service it is for. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { INodeParameterResourceLocator } from 'n8n-workflow';
import { exampleCredentials } from '../../demo/credentials.mts';
import { exampleWorkflows, type Example } from '../../demo/examples.mts';
import { useEngine } from '../support/engine.mts';

const engine = useEngine();
const PACKAGE = 'n8n-nodes-backoffice.';
const PAGES = 'https://github.com/n8n-nodes-backoffice/n8n-nodes-backoffice/blob/main/';
const MAIL = 'n8n-nodes-base.emailSend';

const examples = exampleWorkflows(process.cwd());
const byFile = examples.map((example): [string, Example] => [example.file, example]);
/** What the workflows of a folder are called. */
const services: Record<string, string> = { accutics: 'Accutics', endocs: 'EnDocs Cloud', ento: 'Ento', entu: 'Entu', smartconnect: 'SmartConnect' };

const notesOf = ({ nodes }: Example['workflow']) => nodes.filter(({ type }) => type === 'n8n-nodes-base.stickyNote').map(({ parameters }) => parameters.content);

/** All resource locators at any depth. */
function pickersIn(value: unknown): INodeParameterResourceLocator[] {
	if (typeof value !== 'object' || value === null) return [];
	if ('__rl' in value) return [value as INodeParameterResourceLocator];
	return Object.values(value).flatMap(pickersIn);
}

test.each(Object.keys(services))('%s has at least three', (folder) => {
	expect(examples.filter(({ file }) => path.dirname(file) === folder).length).toBeGreaterThanOrEqual(3);
});

test('"Start here" comes last, so that n8n lists it first, and has a button for each of five things', () => {
	const { file, workflow } = examples.at(-1) as Example;
	expect(file).toBe('start-here.json');
	const starts = workflow.nodes.filter(({ type }) => /trigger$/i.test(type));
	expect(starts.map(({ name }) => name.slice(0, 2))).toEqual(['1 ', '2 ', '3 ', '4 ', '5 ']);
	// n8n takes a second one of this kind neither pasted nor from a file.
	expect(starts.filter(({ type }) => type.endsWith('.manualTrigger'))).toHaveLength(1);
	for (const { name } of starts) expect(notesOf(workflow)).toEqual([expect.stringContaining(`**${name}**`)]);
});

test('each has an id of its own', () => {
	expect(new Set(examples.map(({ workflow }) => workflow.id)).size).toBe(examples.length);
});

describe.each(byFile)('%s', (file, { workflow }) => {
	const ours = workflow.nodes.filter(({ type }) => type.startsWith(PACKAGE));
	const names = workflow.nodes.map(({ name }) => name);
	/** None for the workflow that shows all services. */
	const service = services[path.dirname(file)];

	test('has a name that tells its service, and a file name in small letters', () => {
		expect(path.basename(file)).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*\.json$/);
		expect(workflow.id).toMatch(/^[A-Za-z0-9]{16}$/);
		expect(workflow.name).toMatch(service === undefined ? /^Start here$/ : new RegExp(`^${service}: `));
	});

	test('uses our node with a credential of the demo, and beside it nodes that every n8n has', () => {
		expect(ours.length).toBeGreaterThan(0);
		const known = new Set(exampleCredentials('http://127.0.0.1').map(({ name, type }) => `${type} ${name}`));
		for (const { credentials = {} } of ours) {
			expect(Object.entries(credentials).map(([type, { name }]) => known.has(`${type} ${name}`))).toEqual([true]);
		}
		for (const { type } of workflow.nodes) expect(type).toMatch(/^n8n-nodes-(backoffice|base)\./);
	});

	test('sends no mail before a person has switched that on', () => {
		for (const { type, disabled } of workflow.nodes) if (type === MAIL) expect(disabled).toBe(true);
	});

	test('is explained by one sticky note: what it does in one or two sentences, which credential each node wants, and our page', () => {
		const [note, ...more] = notesOf(workflow);
		expect(more).toEqual([]);
		const [heading, what = '', ...rest] = String(note).split('\n\n')[0]?.split('\n') ?? [];
		expect([heading, rest]).toEqual([expect.stringMatching(/^## \w/), []]);
		expect(what.match(/[.?](?=\s|$)/g)?.length).toBeLessThanOrEqual(2);
		const wanted = /^\*\*Credential\*\*: .*$/m.exec(String(note))?.[0];
		for (const { name, credentials = {} } of ours) {
			for (const [type, credential] of Object.entries(credentials)) {
				for (const words of [name, credential.name, engine.credentialType(type).displayName]) expect(wanted).toContain(`*${words}*`);
			}
		}
		const links = [...String(note).matchAll(/\]\(([^)]+)\)/g)].map(([, link]) => String(link));
		const folders = service === undefined ? Object.keys(services) : [path.dirname(file)];
		expect(links).toEqual(folders.map((folder) => `${PAGES}docs/${folder}.md`));
		for (const link of links) expect(existsSync(link.replace(PAGES, ''))).toBe(true);
	});

	test('is tagged with its service, by name: n8n makes the tag that it lacks', () => {
		expect(workflow.tags).toEqual(service === undefined ? [] : [{ name: service }]);
	});

	test('shows the newest form of our nodes', () => {
		for (const { type, typeVersion } of ours) {
			const { version } = engine.nodeType(type.replace(PACKAGE, '')).description;
			expect([type, typeVersion]).toEqual([type, Math.max(...[version].flat())]);
		}
	});

	test('has names in its pickers', () => {
		for (const { mode, value, cachedResultName } of ours.flatMap(({ parameters }) => pickersIn(parameters))) {
			const isFromData = String(value).startsWith('=');
			if (!isFromData && mode !== 'name') expect([mode, cachedResultName]).toEqual(['list', expect.stringMatching(/[^\W\d]{3}/)]);
			expect(cachedResultName).not.toBe(value);
		}
	});

	test('connects nodes that exist, each under a name and an id of its own', () => {
		expect(new Set(names).size).toBe(names.length);
		expect(new Set(workflow.nodes.map(({ id }) => id)).size).toBe(names.length);
		const targets = Object.values(workflow.connections).flatMap(({ main }) => (main ?? []).flat().map((to) => to?.node));
		for (const name of [...targets, ...Object.keys(workflow.connections)]) expect(names).toContain(name);
	});
});

/** Every example workflow can be imported as it is, whichever service it is for. */
import path from 'node:path';
import { exampleCredentials } from '../../demo/credentials.mts';
import { exampleWorkflows, type Example } from '../../demo/examples.mts';

const PACKAGE = 'n8n-nodes-backoffice.';
const MAIL = 'n8n-nodes-base.emailSend';

const examples = exampleWorkflows(process.cwd());
const byFile = examples.map((example): [string, Example] => [example.file, example]);
/** What the workflows of a folder are called. */
const services: Record<string, string> = { accutics: 'Accutics', endocs: 'EnDocs Cloud', ento: 'Ento', entu: 'Entu', smartconnect: 'SmartConnect' };

test.each(Object.keys(services))('%s has at least three', (folder) => {
	expect(examples.filter(({ file }) => path.dirname(file) === folder).length).toBeGreaterThanOrEqual(3);
});

test('each has an id of its own', () => {
	expect(new Set(examples.map(({ workflow }) => workflow.id)).size).toBe(examples.length);
});

describe.each(byFile)('%s', (file, { workflow }) => {
	const ours = workflow.nodes.filter(({ type }) => type.startsWith(PACKAGE));
	const names = workflow.nodes.map(({ name }) => name);

	test('has a name that tells its service, and a file name in small letters', () => {
		expect(path.basename(file)).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*\.json$/);
		expect(workflow.id).toMatch(/^[A-Za-z0-9]{16}$/);
		expect(workflow.name.startsWith(`${services[path.dirname(file)]}: `)).toBe(true);
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

	test('is explained by one sticky note', () => {
		expect(workflow.nodes.filter(({ type }) => type === 'n8n-nodes-base.stickyNote')).toHaveLength(1);
	});

	test('connects nodes that exist, each under a name and an id of its own', () => {
		expect(new Set(names).size).toBe(names.length);
		expect(new Set(workflow.nodes.map(({ id }) => id)).size).toBe(names.length);
		const targets = Object.values(workflow.connections).flatMap(({ main }) => (main ?? []).flat().map((to) => to?.node));
		for (const name of [...targets, ...Object.keys(workflow.connections)]) expect(names).toContain(name);
	});
});

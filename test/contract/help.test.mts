/** Where a person is led who does not know on: the links "Docs" and "Read our docs", and the notice a credential begins with. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { INodeProperties } from 'n8n-workflow';
import { useEngine } from '../support/engine.mts';
import { load, projectRoot } from '../support/n8n.mts';

/** Node's own require: Jest's takes no ES modules. */
const { slug } = load('github-slugger') as typeof import('github-slugger');

const engine = useEngine();
const OURS = 'https://github.com/n8n-nodes-backoffice/n8n-nodes-backoffice/blob/main/';

/** Documentation of the services themselves, which our pages link. */
const VENDORS = ['docs.api.accutics.com', 'help.endocs.ru/documentation', 'docs.api.ento.com', 'entu.ee/api', 'ethan-sorenson.github.io/smartconnect-rest-api-docs'];

describe.each(engine.nodeNames)('%s', (name) => {
	const { documentationUrl, codex } = engine.nodeType(name).description;

	test('"Docs" opens our page, at the anchor of the node', () => {
		// n8n up to 2.41 puts parameters behind a link of the codex, and so behind its anchor; this one it leaves alone.
		expect(documentationUrl).toBe(codex?.resources?.primaryDocumentation?.[0]?.url);
		expect(faultOf(documentationUrl)).toBeUndefined();
		expect(faultOf(codex?.resources?.credentialDocumentation?.[0]?.url)).toBeUndefined();
	});
});

describe.each(engine.credentialNames)('%s', (name) => {
	const { documentationUrl, properties } = engine.credentialType(name);
	const [first, ...rest] = properties as [INodeProperties, ...INodeProperties[]];

	test('"Read our docs" opens our page, at the anchor of the credential', () => {
		expect(faultOf(documentationUrl)).toBeUndefined();
	});

	test('begins with where its secrets come from, in two sentences, and the way to our page', () => {
		expect(first.type).toBe('notice');
		const [text = '', link = ''] = first.displayName.split(' <a ');
		expect(text.match(/[.!?](?=\s|$)/g)).toHaveLength(2);
		expect(link).toBe(`href="${documentationUrl}" target="_blank">Step by step</a>`);
	});

	test('asks for what is required first, and has what is filled in already last', () => {
		const shown = rest.filter(({ type, displayOptions }) => type !== 'hidden' && type !== 'notice' && !displayOptions);
		const order = shown.map(({ required, default: value }) => (value === '' && required ? 'required' : 'other'));
		expect(order).toEqual([...order].sort().reverse());
	});
});

/** What a person must know before pressing the button, by operation; all others press on without. */
const WARNED: Readonly<Record<string, readonly string[]>> = {
	enDocsCloud: ['contract:getNew', 'document:getAll', 'invoice:getNew', 'invoice:registerPayment', 'unprocessedDocument:approve', 'unprocessedDocument:decline', 'unprocessedDocument:getAll'],
	entu: ['entity:delete', 'token:get'],
	smartConnect: ['integration:run', 'integration:runWithData', 'token:get'],
};

test.each(Object.entries(WARNED))('%s says before what cannot be undone, starts runs, shows a secret or costs requests, and nothing else', (name, warned) => {
	const { properties } = engine.nodeType(name).description;
	const notices = properties.filter(({ type }) => type === 'notice');
	const operations = notices.flatMap(({ displayOptions: { show } = {} }) => (show?.resource ?? []).flatMap((resource) => (show?.operation ?? []).map((operation) => `${String(resource)}:${String(operation)}`)));
	expect([...new Set(operations)].sort()).toEqual(warned);
});

test.each([['accutics', 'entity'], ['ento', 'record'], ['entu', 'entity']])('%s says before an %s is deleted that there is no way back', (name, resource) => {
	const notices = engine.nodeType(name).description.properties.filter(({ displayName }) => displayName === 'Deleting cannot be undone.');
	expect(notices.map(({ type, displayOptions }) => [type, displayOptions?.show?.resource, displayOptions?.show?.operation])).toEqual([['notice', [resource], ['delete']]]);
});

test('our pages link the documentation of the services', () => {
	const pages = [...new Set(engine.nodeNames.map((name) => pageOf(engine.nodeType(name).description.documentationUrl ?? '')))];
	const texts = pages.map((page) => readFileSync(path.join(projectRoot, page), 'utf8'));
	expect(VENDORS.filter((link) => !texts.some((text) => text.includes(`https://${link}`)))).toEqual([]);
	expect(pages).toHaveLength(VENDORS.length);
});

test('the check itself finds what is wrong with a link', () => {
	expect(faultOf(undefined)).toBe('leads elsewhere');
	expect(faultOf('https://docs.api.ento.com')).toBe('leads elsewhere');
	expect(faultOf(`${OURS}docs/nothing.md#credential`)).toBe('there is no docs/nothing.md');
	expect(faultOf(`${OURS}docs/ento.md`)).toBe('docs/ento.md has no ""');
	expect(faultOf(`${OURS}docs/ento.md#nowhere`)).toBe('docs/ento.md has no "nowhere"');
	expect(faultOf(`${OURS}docs/ento.md#operations`)).toBeUndefined();
});

function pageOf(url: string): string {
	return url.replace(OURS, '').split('#')[0] ?? '';
}

function faultOf(url = ''): string | undefined {
	if (!url.startsWith(OURS)) return 'leads elsewhere';
	const page = pageOf(url);
	if (!existsSync(path.join(projectRoot, page))) return `there is no ${page}`;
	const anchor = new URL(url).hash.slice(1);
	return anchorsOf(page).includes(anchor) ? undefined : `${page} has no "${anchor}"`;
}

/** The anchors that GitHub gives to the headings of a page. */
function anchorsOf(page: string): string[] {
	const headings = readFileSync(path.join(projectRoot, page), 'utf8').matchAll(/^#{1,6} (.+)$/gm);
	return [...headings].map(([, heading = '']) => slug(heading));
}

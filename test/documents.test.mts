/** The documents: where their links lead, and what the README must hold. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { load } from './support/n8n.mts';

/** Node's own require: Jest's takes no ES modules. */
const Slugger = (load('github-slugger') as typeof import('github-slugger')).default;

const markdown = (folder: string) => readdirSync(folder).filter((name) => name.endsWith('.md')).map((name) => path.join(folder, name));
const pages = ['.', 'docs', 'bench', ...readdirSync('packages').map((name) => path.join('packages', name))].flatMap(markdown);
const OURS = 'https://github.com/n8n-nodes-backoffice/n8n-nodes-backoffice/blob/main/';

/** Anchors of the headings of a page, as GitHub makes them. */
function anchorsOf(page: string): string[] {
	const slugger = new Slugger();
	const text = readFileSync(page, 'utf8').replace(/^```[^]*?^```/gm, '');
	const headings = [...text.matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) => heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/[*`]/g, ''));
	return headings.map((heading) => slugger.slug(heading));
}

/** Where the links and pictures of a page lead that lie in this repository. */
function linksOf(page: string): string[] {
	const text = readFileSync(page, 'utf8').replace(/^```[^]*?^```/gm, '').replace(/`[^`]*`/g, '');
	const found = [...text.matchAll(/\]\(([^)\s]+)\)|(?:src|srcset|href)="([^"]+)"/g)].map(([, link, attribute]) => link ?? attribute ?? '');
	return found.filter((link) => link.startsWith(OURS) || !/^[a-z]+:/.test(link));
}

function isBroken(page: string, link: string): boolean {
	const [file = '', anchor] = link.replace(OURS, '').split('#');
	const target = link.startsWith(OURS) ? file : file === '' ? page : path.join(path.dirname(page), file);
	return !existsSync(target) || (anchor !== undefined && !anchorsOf(target).includes(decodeURIComponent(anchor)));
}

test.each(pages)('%s: no link in this repository is broken', (page) => {
	expect(linksOf(page).filter((link) => isBroken(page, link))).toEqual([]);
});

test('docs/tried.md names tests that are there', () => {
	const named = [...readFileSync('docs/tried.md', 'utf8').matchAll(/\]\(\.\.\/(test\/[^)]+)\): ([^|;\n]+?)(?: \||;|\)\.)/g)];
	expect(named.length).toBeGreaterThan(40);
	// What differs from case to case of a test is left out there.
	const isThere = (file: string, name: string) => name.split('…').every((part) => readFileSync(file, 'utf8').includes(part.trim()));
	expect(named.filter(([, file = '', name = '']) => !isThere(file, name)).map(([, file, name]) => `${file}: ${name}`)).toEqual([]);
});

test('the check of links finds what is broken', () => {
	expect(isBroken('README.md', 'docs/entu.md')).toBe(false);
	expect(isBroken('README.md', 'docs/entu.md#properties')).toBe(false);
	expect(isBroken('README.md', 'docs/entu.md#nowhere')).toBe(true);
	expect(isBroken('docs/entu.md', 'nowhere.md')).toBe(true);
	expect(isBroken('README.md', '#install')).toBe(false);
});

describe('README.md', () => {
	const readme = readFileSync('README.md', 'utf8');
	const SCREEN = 40;

	test('says in its first screen that nothing was run against the live services', () => {
		expect(readme.split('\n').slice(0, SCREEN).join('\n')).toContain('Not run against the live services');
	});

	test('explains the ten commonest messages, in words that are in the code', () => {
		const [, section = ''] = readme.split('## Troubleshooting\n');
		const rows = (section.split('\n## ')[0] ?? '').split('\n').filter((line) => line.startsWith('| **'));
		expect(rows).toHaveLength(10);
		const code = ['nodes', 'credentials'].flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts')).map((file) => readFileSync(path.join(folder, file), 'utf8'))).join('\n');
		const ours = rows.filter((row) => !row.includes('(from n8n)')).flatMap((row) => [...(row.split(' | ')[0] ?? '').matchAll(/\*\*(?:… )?([^*]+)\*\*/g)].map(([, words = '']) => words));
		expect(ours.length).toBeGreaterThan(10);
		expect(ours.filter((words) => !code.includes(words))).toEqual([]);
	});
});

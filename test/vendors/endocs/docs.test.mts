/** The Russian page is written by hand: it must name what the node offers, and say no less than the English one. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { INodePropertyOptions } from 'n8n-workflow';
import { useEngine } from '../../support/engine.mts';

const engine = useEngine();
const read = (name: string) => readFileSync(path.join(process.cwd(), 'docs', name), 'utf8');
const pages = { english: read('endocs.md'), russian: read('endocs.ru.md') };

test('the Russian table has every resource and operation, in the order of the panel', () => {
	const { properties } = engine.nodeType('enDocsCloud').description;
	const resources = (properties.find(({ name }) => name === 'resource')?.options ?? []) as INodePropertyOptions[];
	const offered = resources.flatMap(({ name, value }) => {
		const list = properties.find((property) => property.name === 'operation' && property.displayOptions?.show?.resource?.includes(value));
		return ((list?.options ?? []) as INodePropertyOptions[]).map((operation, i) => [i === 0 ? name : '', operation.name]);
	});
	const section = pages.russian.split('## Операции')[1]?.split('\n## ')[0] ?? '';
	const rows = section.split('\n').filter((line) => line.startsWith('| ')).slice(2);
	const named = rows.map((row) => row.split('|').map((cell) => cell.trim())).map(([, resource = '', operation]) => [resource.replace(/ \(.*/, ''), operation]);
	expect(named).toEqual(offered);
});

test('both pages have the same sections, tables and code', () => {
	const shape = (page: string) => page.split('\n').map((line) => /^(##|\||-|$)/.exec(line)?.[0]).filter(Boolean);
	const withoutTable = (page: string) => page.replace(/(## (?:Operations|Операции)\n)[^]*?(?=\n## )/, '$1');
	const count = (page: string, start: string) => shape(withoutTable(page)).filter((found) => found === start).length;
	for (const start of ['##', '|', '-']) expect(count(pages.russian, start)).toBe(count(pages.english, start));
});

test('both pages name every example workflow', () => {
	for (const file of readdirSync(path.join(process.cwd(), 'workflows/endocs'))) {
		for (const page of Object.values(pages)) expect(page).toContain(`\`${file.replace('.json', '')}\``);
	}
});

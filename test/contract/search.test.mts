/** What people type into n8n's list of nodes, and the node that must come up: by n8n's own search, among all of its own nodes. */
import { readFileSync } from 'node:fs';
import { sublimeSearch } from '@n8n/utils/search/sublime-search';
import type { INodeTypeDescription } from 'n8n-workflow';
import { useEngine } from '../support/engine.mts';
import { load } from '../support/n8n.mts';

const engine = useEngine();

/** As far down as a person looks. */
const LOOKED_AT = 10;

const WORDS: Readonly<Record<string, readonly string[]>> = {
	accutics: ['accutics', 'campaign', 'campaign name', 'tracking code', 'tracking link', 'utm', 'url builder', 'naming convention', 'taxonomy', 'marketing data', 'media plan', 'ad name'],
	enDocsCloud: [
		'endocs', 'contract', 'agreement', 'invoice', 'bill', 'receipt', 'payment', 'approve', 'approval', 'sign-off', 'counterparty', 'contractor', 'supplier', 'vendor',
		'document management', 'document flow', 'accounting', 'accounts payable', '1c', '1с', 'документооборот', 'сэд', 'эдо', 'договор', 'счет', 'счёт', 'оплата',
		'согласование', 'контрагент', 'поставщик', 'скан', 'бухгалтерия', 'сотрудник',
	],
	ento: ['ento', 'roster', 'rota', 'shift', 'schedule', 'staff', 'employee', 'workforce', 'hr', 'timesheet', 'time and attendance', 'leave', 'absence', 'who works', 'payroll'],
	entu: ['entu', 'museum', 'library', 'catalogue', 'catalog', 'collection', 'archive', 'inventory', 'object database', 'entity', 'photo', 'upload', 'access rights', 'thumbnail'],
	smartConnect: ['smartconnect', 'dynamics', 'business central', 'erp', 'integration', 'import', 'etl', 'load data', 'rejected rows', 'run history', 'ledger'],
};

const cases = Object.entries(WORDS).flatMap(([node, words]) => words.map((word) => ({ word, node })));

test('there are words enough', () => {
	expect(cases.length).toBeGreaterThanOrEqual(60);
});

test.each(cases)('"$word" finds $node', ({ word, node }) => {
	expect(found(word)).toContain(node);
});

test('what nobody would type finds none of ours', () => {
	expect(found('qqqq').filter((name) => engine.nodeNames.includes(name))).toEqual([]);
});

/** The names of the nodes that stand first, as n8n's panel orders them. A trigger stands there as its app, where it is named after one. */
function found(word: string): string[] {
	return sublimeSearch(word, entries())
		.slice(0, LOOKED_AT)
		.map(({ item }) => item.key);
}

interface Entry {
	readonly key: string;
	readonly properties: INodeTypeDescription;
}

let all: Entry[] | undefined;

function entries(): Entry[] {
	if (all) return all;
	const own = engine.nodeNames.map((name) => engine.nodeType(name).description);
	const builtIn = JSON.parse(readFileSync(load.resolve('n8n-nodes-base/dist/types/nodes.json'), 'utf8')) as INodeTypeDescription[];
	const listed = [...own, ...builtIn].filter(({ hidden }) => !hidden);
	const apps = new Set(listed.filter(({ group }) => !group.includes('trigger')).map(({ name }) => name));
	const named = new Map(listed.filter(({ name }) => apps.has(name) || !apps.has(name.replace('Trigger', ''))).map((entry) => [entry.name, entry]));
	all = [...named.values()].map((properties) => ({ key: properties.name, properties }));
	return all;
}

import assert from 'node:assert/strict';
import type { IDataObject } from 'n8n-workflow';
import { editorToken } from '../../../../sandbox/accutics/seed.mts';
import { askSandbox, linesOf, type Expectations, type Outcome } from './outcome.mts';

export const accutics: Expectations = {
	'removed-entity-to-clean-up.json': {
		check: ({ output }) => assert.match(String(output('Write key')[0]?.key), /^accutics-\d+$/),
	},
	'brief-to-record.json': {
		check: async (outcome) => {
			assert.deepEqual((await outcome.control.summary('accutics')).effects, { 'items.create': 2, 'briefs.update': 2 });
			const briefs = await list(outcome, 'briefs');
			const items = new Map((await list(outcome, 'items')).map((item) => [item.id, item]));
			assert.deepEqual(briefs.map(({ status }) => status), ['approved', 'draft', 'approved']);
			for (const { title, status, record_id: id, generated_name: name, generated_link: link } of briefs) {
				if (status !== 'approved') assert.equal(name, null, `The brief "${String(title)}" is a draft and has a record all the same.`);
				else assert.deepEqual({ title, name, link }, recordOf(items.get(id as number)), 'A brief does not name the record made from it.');
			}
		},
	},
	'nightly-export.json': {
		check: async (outcome) => {
			const items = await list(outcome, 'items');
			const { name, text } = await outcome.file('To CSV file');
			assert.match(name, /^records-\d{4}-\d\d-\d\d\.csv$/);
			const rows = items.map((item) => [item.id, item.title, item.market, item.status, item.generated_name, item.generated_link].join(','));
			assert.deepEqual(linesOf(text), ['id,title,market,status,name,link', ...rows]);
		},
	},
	'options-from-master-list.json': {
		check: async (outcome) => {
			const wanted = outcome.output('One item each').map(({ abbreviation, label }) => [abbreviation, label]);
			const options = await list(outcome, 'options');
			const active = options.filter((option) => option.active === true).map(({ abbreviation, label }) => [abbreviation, label]);
			assert.deepEqual(active.sort(), wanted.sort(), 'The active options are not those of the master list.');
			assert.deepEqual(options.filter((option) => option.active === false).map(({ abbreviation }) => abbreviation), ['HT']);
			assert.deepEqual((await outcome.control.summary('accutics')).effects, { 'options.create': 1, 'options.update': 2 });
		},
	},
};

const recordOf = (item: IDataObject = {}) => ({ title: item.title, name: item.generated_name, link: item.generated_link });

/** All entities of an endpoint, page by page. */
async function list(outcome: Outcome, endpoint: string): Promise<IDataObject[]> {
	const pages: IDataObject[][] = [];
	for (let page = 1; ; page++) {
		const path = `/accutics/sandbox/${endpoint}?page_size=50&page=${page}`;
		const { data, meta } = await askSandbox<{ data: IDataObject[]; meta: { pagination: { next: string | null } } }>(outcome, path, { Authorization: `Bearer ${editorToken}` });
		pages.push(data);
		if (meta.pagination.next === null) return pages.flat();
	}
}

import assert from 'node:assert/strict';
import { known, ownerKey } from '../../../../sandbox/entu/seed-known.mts';
import { askSandbox, dayOf, firstRequest, linesOf, type Expectations, type Outcome } from './outcome.mts';

type Values = Array<{ _id: string; string?: string; number?: number; boolean?: boolean; date?: string; reference?: string; filename?: string; filesize?: number; property_type?: string }>;
type Entity = Record<string, Values | undefined>;

export const entu: Expectations = {
	'new-entity-to-mail.json': {
		check: ({ output }) => assert.match(String(output('Write message')[0]?.subject), /^New book: \S/),
	},
	'changed-entity-to-search-index.json': {
		happen: async (control) => await control.happen('entu', 'update', { id: known.book }),
		check: ({ output }) => {
			const [document] = output('Write document');
			assert.deepEqual([document?.id, document?.change], [known.book, 'changed']);
			assert.match(String(document?.title), /^Title of /);
		},
	},
	'spreadsheet-to-entities.json': {
		check: async (outcome) => {
			const { 'entity.create': created, 'entity.update': updated } = await effects(outcome);
			assert.deepEqual([created, updated], [3, 1]);
			for (const { isbn, title, pages, price, available } of outcome.output('Only rows with ISBN')) {
				const [book, ...more] = await find(outcome, `_type.reference=${known.typeBook}&isbn.string=${String(isbn)}`);
				assert.equal(more.length, 0, `There is more than one book with the ISBN ${String(isbn)}.`);
				const held = [first(book, 'name').string, first(book, 'pages').number, first(book, 'price').number, first(book, 'available').boolean];
				assert.deepEqual(held, [title, Number(pages), Number(price), available === 'yes']);
			}
			const hobbit = await entity(outcome, known.book);
			assert.deepEqual(hobbit.genre?.map(({ string }) => string).sort(), ['children', 'fiction']);
		},
	},
	'nightly-export.json': {
		check: async (outcome) => {
			const authors = await find(outcome, `_type.reference=${known.typeAuthor}&country.string.exists=true&sort=name.string&limit=5000`);
			const { name, text } = await outcome.file('To CSV file');
			assert.equal(name, `authors-${await dayOfRun(outcome)}.csv`);
			const [head, ...rows] = linesOf(text);
			assert.equal(head, 'name,born,country,biography,website,link');
			const expected = authors.map((author) => [first(author, 'name').string, first(author, 'born').date?.slice(0, 10), first(author, 'country').string].join(','));
			assert.deepEqual(rows.map((row) => row.split(',').slice(0, 3).join(',')), expected);
		},
	},
	'attach-and-fetch-file.json': {
		check: async (outcome) => {
			assert.deepEqual((await outcome.control.summary('entu-storage')).effects, { 'file.upload': 1 });
			const agreement = String(outcome.output('Write agreement')[0]?.agreement);
			const [scan, ...more] = (await entity(outcome, known.book)).scan ?? [];
			assert.deepEqual([scan?.filename, scan?.filesize, more.length], [`agreement-${await dayOfRun(outcome)}.txt`, Buffer.byteLength(agreement), 0]);
			assert.equal((await outcome.file('Fetch it back')).text, agreement);
			assert.equal(outcome.output('All is well').length, 1);
		},
	},
	'grant-rights-to-staff.json': {
		check: async (outcome) => {
			const granted = (await entity(outcome, known.closedFolder))._viewer?.map(({ reference, property_type: right }) => `${right} ${reference}`) ?? [];
			for (const right of [`_editor ${known.person}`, `_viewer ${known.user}`]) assert(granted.includes(right), `Nobody has been given ${right}.`);
			const given = outcome.output('Grant right').map(({ person, right }) => [person, right]);
			assert.deepEqual(given, [[known.person, 'editor'], [known.user, 'viewer']]);
		},
	},
	'clean-up-old-values.json': {
		check: async (outcome) => {
			const deleted = outcome.output('Delete value').length;
			assert(deleted > 50, `Only ${deleted} values were deleted.`);
			assert.deepEqual(await effects(outcome), { 'property.delete': deleted });
			assert.deepEqual(await find(outcome, `_type.reference=${known.typeBook}&tags.string=reading room&limit=1`), []);
			const donated = await find(outcome, `_type.reference=${known.typeBook}&tags.string=donated&limit=1`);
			assert.equal(donated.length, 1, 'Other tags have gone as well.');
		},
	},
	'overdue-lendings.json': {
		check: async (outcome) => {
			const overdue = await find(outcome, `_type.reference=${known.typeLending}&due.date.lt=${await dayOfRun(outcome)}&returned.boolean=false&limit=5000`);
			const borrowers = new Set(overdue.map((lending) => first(lending, 'borrower').reference));
			const reminders = outcome.output('Write reminder');
			assert.equal(reminders.length, borrowers.size);
			const lines = reminders.flatMap(({ text }) => String(text).split('please return:\n')[1]?.split('\n') ?? []);
			assert.equal(lines.length, overdue.length);
			const dates = (from: Array<string | undefined>) => [...from].sort();
			assert.deepEqual(dates(lines.map((line) => /due (.{10})/.exec(line)?.[1])), dates(overdue.map((lending) => first(lending, 'due').date?.slice(0, 10))));
		},
	},
};

/** What was written, log-ins left out. */
async function effects({ control }: Outcome): Promise<Record<string, number>> {
	const { login, ...written } = (await control.summary('entu')).effects;
	assert(login !== undefined, 'Nobody has logged in.');
	return written;
}

/** The day on n8n's calendar when the workflow began. */
async function dayOfRun(outcome: Outcome): Promise<string> {
	return await dayOf(outcome, (await firstRequest(outcome, 'entu', '/auth')).at);
}

async function find(outcome: Outcome, query: string): Promise<Entity[]> {
	return (await ask<{ entities: Entity[] }>(outcome, `/entity?${query}`)).entities;
}

async function entity(outcome: Outcome, id: string): Promise<Entity> {
	return (await ask<{ entity: Entity }>(outcome, `/entity/${id}`)).entity;
}

async function ask<T>(outcome: Outcome, path: string): Promise<T> {
	const { token } = await askSandbox<{ token: string }>(outcome, `/entu/auth?db=${known.database}`, { Authorization: `Bearer ${ownerKey}` });
	return await askSandbox(outcome, `/entu/${known.database}${path}`, { Authorization: `Bearer ${token}` });
}

function first(from: Entity | undefined, property: string): Values[number] {
	const [value] = from?.[property] ?? [];
	assert(value, `There is no ${property}.`);
	return value;
}

/** Files and values that are chosen by entity, property and name, and what an entity has done. */
import { byId, defined, items, known, mixed, told, useEntu } from './entu.mts';

const bench = useEntu();
const { run, rows, entity, ask } = { run: bench.run, rows: bench.rows, entity: bench.entity, ask: bench.ask };
const july = process.env.ENTU_GENERATION === 'july';
const of = (id: string, propertyName: string) => ({ entityId: byId(id), propertyName });

describe('a file', () => {
	const photo = of(known.bookWithPhoto, 'photo');

	test('is downloaded and deleted by its property', async () => {
		const [downloaded] = (await run('file', 'download', photo)).outputs[0] ?? [];
		expect(downloaded).toMatchObject({ json: { _id: known.photoValue, name: 'cover.png' }, binary: { data: { fileName: 'cover.png' } } });
		expect(await rows('file', 'delete', photo)).toEqual([{ deleted: true, _id: known.photoValue }]);
		expect(await entity(known.bookWithPhoto)).not.toHaveProperty('photo');
	});

	test('is chosen by its name where there are several', async () => {
		const add = async (filename: string) => await ask(`/entity/${known.book}`, { method: 'POST', body: [{ type: 'scan', filename, filesize: 3, filetype: 'text/plain' }] });
		for (const filename of ['a.txt', 'b.txt', 'a.txt']) await add(filename);
		const scans = of(known.book, 'scan');
		expect(told((await run('file', 'delete', scans)).error)).toMatch(/'File Name or ID': 3 values of "scan".*Choose one of: a.txt \(\w{24}\), b.txt/s);
		expect(told((await run('file', 'delete', { ...scans, file: 'a.txt' })).error)).toMatch(/2 values of "scan"/);
		expect(told((await run('file', 'delete', { ...scans, file: 'c.txt' })).error)).toMatch(/no value "c.txt".*It has: a.txt, b.txt, a.txt/s);
		expect(await bench.written()).toEqual({ 'entity.update': 3, 'property.add': 3 });
		const choicesNow = async () => await bench.engine.callMethod({ node: 'entu', kind: 'loadOptions', method: 'getValues', parameters: { resource: 'file', operation: 'delete', fileBy: 'property', ...scans }, credentials: { entuApi: bench.owner } });
		const [one, , other] = (await entity(known.book)).scan?.map(({ _id }) => String(_id)) ?? [];
		expect(await choicesNow()).toEqual([{ name: `a.txt (${one})`, value: one }, { name: 'b.txt', value: 'b.txt' }, { name: `a.txt (${other})`, value: other }]);
		await rows('file', 'delete', { ...scans, file: '={{ $json.name }}' }, { items: items({ name: 'b.txt' }) });
		const left = (await entity(known.book)).scan;
		expect(left?.map(({ filename }) => filename)).toEqual(['a.txt', 'a.txt']);
		const choices = await choicesNow();
		expect(choices.map(({ value }) => value)).toEqual(left?.map(({ _id }) => _id));
		await rows('file', 'delete', { ...scans, file: defined(choices[1]).value as string });
		expect((await entity(known.book)).scan).toHaveLength(1);
	});

	test('that is not there, and a value that is none, are told', async () => {
		expect(told((await run('file', 'download', of(known.book, 'photo'))).error)).toMatch(/"photo" of the entity \w{24} has no value/);
		expect(told((await run('file', 'download', of(known.book, 'name'))).error)).toMatch(/is not a file/);
	});

	test('is chosen by ID in nodes of saved workflows', async () => {
		expect(await rows('file', 'delete', { fileId: known.photoValue }, { version: 1 })).toEqual([{ deleted: true, _id: known.photoValue }]);
		expect(await rows('property', 'delete', { valueId: known.tagValues[0] }, { version: 1 })).toEqual([{ deleted: true, _id: known.tagValues[0] }]);
	});
});

describe('a value', () => {
	test('is replaced by property and content', async () => {
		await rows('property', 'replace', { ...of(known.book, 'pages'), value: '311' });
		expect((await entity(known.book)).pages).toMatchObject([{ number: 311 }]);
		await rows('property', 'replace', { ...of(known.book, 'tags'), currentValue: 'signed', value: 'signed twice' });
		expect((await entity(known.book)).tags?.map(({ string }) => string)).toEqual(['first edition', 'signed twice']);
		await rows('property', 'replace', { ...of(known.book, 'published'), currentValue: '1937-09-21', value: '1937-09-22' });
		expect((await entity(known.book)).published).toMatchObject([{ date: '1937-09-22T00:00:00.000Z' }]);
	});

	test.each(['J. R. R. Tolkien', known.author, `https://entu.app/labdb/${known.author}`])('is deleted by the name of what it refers to, or its ID: %s', async (currentValue) => {
		await rows('property', 'delete', { ...of(known.book, 'author'), currentValue });
		expect(await entity(known.book)).not.toHaveProperty('author');
	});

	test('is not guessed', async () => {
		expect(told((await run('property', 'delete', of(known.book, 'tags'))).error)).toMatch(/2 values of "tags".*Choose one of: signed/s);
		expect(told((await run('property', 'replace', { ...of(known.book, 'tags'), currentValue: 'none', value: 'x' })).error)).toMatch(/no value "none"/);
		expect(await bench.written()).toEqual({});
	});
});

describe('Get Activity', () => {
	const activity = { entityId: byId(known.owner) };

	test(july ? 'is told to be missing on servers of July' : 'lists what somebody has changed, newest first', async () => {
		await ask(`/entity/${known.book}`, { method: 'POST', body: [{ type: 'tags', string: 'just now' }] });
		if (july) {
			const { error } = await run('entity', 'getActivity', activity);
			expect(told(error)).toMatch(/server of Entu does not tell the activity.*older than August 2026.*Get History/s);
			return;
		}
		const [newest] = await rows('entity', 'getActivity', { ...activity, limit: 1 });
		expect(newest).toEqual({ entity: { _id: known.book, name: 'The Hobbit' }, property: 'tags', at: expect.any(String), by: known.owner, old: null, new: 'just now' });
		const [raw] = await rows('entity', 'getActivity', { ...activity, limit: 1, output: 'raw' });
		expect(raw).toMatchObject({ type: 'tags', new: { string: 'just now' } });
	});

	test('reads to where the server goes on, and says that there may be more', async () => {
		if (july) return;
		for (let page = 0; page < 12; page++) {
			const changes = Array.from({ length: 1000 }, (_, i) => ({ entity: { _id: known.book, name: 'x' }, type: 'tags', at: '2026-01-01', by: known.owner, new: { string: `${page} ${i}` } }));
			await bench.sandbox.control.fault({ service: 'entu', method: 'GET', path: '/activity$', fault: { type: 'status', status: 200, body: { changes } } });
		}
		const result = await run('entity', 'getActivity', { ...activity, returnAll: true });
		expect(result.outputs[0]).toHaveLength(11_000);
		const asked = (await bench.asked()).filter(({ path }) => path.endsWith('/activity')).map(({ query }) => Number(query.skip));
		expect(Math.max(...asked)).toBe(10_000);
		expect(result.hints.map(({ message }) => message).join()).toMatch(/11/);
	});

	test('of somebody who is not there is told', async () => {
		const { error } = await run('entity', 'getActivity', { entityId: byId('f'.repeat(24)) });
		expect(told(error)).toMatch(july ? /older than August 2026/ : /not found.*Check the ID/s);
	});
});

test('pickers leave out what a database is built of, shares between databases among it', async () => {
	const { results } = await bench.engine.callMethod({ node: 'entu', kind: 'listSearch', method: 'searchEntities', parameters: {}, credentials: { entuApi: bench.mixedOwner } });
	expect(results.map(({ name }) => name).filter((name) => /\((share_in|entity|property)\)/.test(name))).toEqual([]);
	expect(results.map(({ value }) => value)).toContain(mixed.shelf);
});

test('what is no value is not given out for one', async () => {
	await bench.sandbox.control.fault({ service: 'entu', path: '/property/', fault: { type: 'status', status: 200, body: { a: 1 } } });
	const { error } = await run('property', 'get', { valueId: '65a0000000000000000000c1' });
	expect(error?.message).toContain('a property value was expected');
});

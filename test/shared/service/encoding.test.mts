import { known, useEntu } from '../../vendors/entu/entu.mts';

const entu = useEntu();

describe('the text of an answer', () => {
	test('is read without the byte order mark that some services put before it', async () => {
		const body = `\uFEFF${JSON.stringify({ entities: [{ _id: known.book, name: [{ string: 'Tõde ja õigus — “Правда”' }] }], count: 1 })}`;
		const fault = { type: 'status', status: 200, headers: { 'Content-Type': 'application/json; charset=utf-8' }, body } as const;
		await entu.sandbox.control.fault({ service: 'entu', path: '/entity$', fault });
		expect(await entu.rows('entity', 'getAll')).toEqual([{ _id: known.book, name: 'Tõde ja õigus — “Правда”' }]);
	});
});

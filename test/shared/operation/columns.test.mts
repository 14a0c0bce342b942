import { mapByName } from '../../../nodes/shared/operation/columns';

const columns = ['name', 'pages', 'isbn', 'Õppeaasta', 'Full Name'];

test('fields go to the column of their name, whatever the case, blanks, invisible characters and Unicode form', () => {
	const item = { name: 'A', ' Pages ': 3, '\uFEFFisbn': '978', ['Õppeaasta'.normalize('NFD')]: '2026', 'full  name': 'B', other: 1 };
	expect(mapByName(item, columns)).toEqual({ values: { name: 'A', pages: 3, isbn: '978', Õppeaasta: '2026', 'Full Name': 'B' }, remarks: [] });
});

test('a name that is the same wins, and the other one is told of', () => {
	const { values, remarks } = mapByName({ Name: 'B', name: 'A' }, columns);
	expect(values).toEqual({ name: 'A' });
	expect(remarks).toEqual([expect.stringContaining('"Name" was left out')]);
});

test('of two fields for one column neither is taken, and both are told of', () => {
	const { values, remarks } = mapByName({ Pages: 1, PAGES: 2 }, columns);
	expect(values).toEqual({});
	expect(remarks).toHaveLength(2);
});

test('of two columns for one field neither is taken', () => {
	const { values, remarks } = mapByName({ NO: 1 }, ['No', 'no']);
	expect(values).toEqual({});
	expect(remarks).toEqual([expect.stringContaining('"NO"')]);
});

test('what follows the name of the column is kept', () => {
	const { values } = mapByName({ 'Title@et': 'Kääbik', 'title@en': 'The Hobbit' }, ['title'], (field) => field.split('@')[0] ?? '');
	expect(values).toEqual({ 'title@et': 'Kääbik', 'title@en': 'The Hobbit' });
});

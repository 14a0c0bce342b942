import { evened, fieldsOf, pickFields } from '../../../nodes/shared/operation/shape';

const rowsOf = (...records: object[]) => evened(records.map((json) => ({ json: json as never }))).map(({ json }) => json);

test('chosen fields: in their order, null for what is missing, paths as objects', () => {
	const record = { a: 1, b: { c: 2, d: { e: 3 } }, 'x.y': 4, n: null };
	expect(JSON.stringify(pickFields(record, ['n', 'a', 'none']))).toBe('{"n":null,"a":1,"none":null}');
	expect(pickFields(record, ['b.c', 'b.d.e', 'a.c', 'x.y'])).toEqual({ b: { c: 2, d: { e: 3 } }, a: { c: null }, 'x.y': 4 });
	expect(pickFields({ a: 1 }, ['constructor', '__proto__'])).toEqual(Object.fromEntries([['constructor', null], ['__proto__', null]]));
});

test('the fields of records, with those inside of objects', () => {
	expect(fieldsOf([{ a: 1, b: { c: 1 } }, { z: [{ q: 1 }], b: { d: 1 } }])).toEqual(['a', 'b', 'b.c', 'z', 'b.d']);
});

test('even rows: all have all fields, in one order, and what is last stays last', () => {
	const rows = rowsOf({ name: 'A', id: 1 }, { name: 'B', color: 'red', id: 2 }, { name: 'C', size: 3, color: 'blue', id: 3, more: 0 });
	expect(JSON.stringify(rows[0])).toBe('{"name":"A","size":null,"color":null,"id":1,"more":null}');
	expect(JSON.stringify(rows[1])).toBe('{"name":"B","size":null,"color":"red","id":2,"more":null}');
	expect(rowsOf({ constructor: 1 }, { a: 1 })).toEqual([{ constructor: 1, a: null }, { constructor: null, a: 1 }]);
	const same = { a: 1, b: null };
	expect(rowsOf(same, { a: 2, b: 1 })[0]).toBe(same);
	expect(rowsOf()).toEqual([]);
});

test('even rows keep their files', () => {
	const binary = { data: { data: '', mimeType: 'text/plain' } };
	expect(evened([{ json: { a: 1 }, binary }, { json: { b: 2 } }])).toEqual([{ json: { a: 1, b: null }, binary }, { json: { a: null, b: 2 } }]);
});

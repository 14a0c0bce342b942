/** All that is wrong at once. */
import { toErrorItem } from '../../../nodes/shared/answer/errors';
import { fail, faultIn, FailureError, mapAll, refuse, refuseAll, type Failure } from '../../../nodes/shared/answer/failure';

const fault = (parameter: string, message = 'is empty', fix = 'Fill it in'): Failure => ({ reason: 'invalid input', parameter, message, fix });
const refusal = (work: () => unknown): Failure => {
	try {
		work();
	} catch (error) {
		if (error instanceof FailureError) return error.failure;
		throw error;
	}
	throw new Error('Nothing was refused');
};

test('nothing, one and several', () => {
	expect(refuseAll([])).toBeUndefined();
	expect(refusal(() => refuseAll([fault('A')]))).toEqual(fault('A'));
	expect(refusal(() => refuseAll([fault('A'), fault('A')]))).toEqual(fault('A'));
	expect(refusal(() => refuseAll([fault('A'), fault('B')]))).toMatchObject({ message: "2 things are to be corrected. 'A' is empty; 'B' is empty", fix: 'Fill it in' });
	expect(refusal(() => refuseAll([fault('A'), fault('A', 'is odd', 'Make it even')]))).toMatchObject({ parameter: 'A', message: '2 things are to be corrected. is empty; is odd', fix: "'A': Fill it in; 'A': Make it even" });
});

test('those inside of others count one by one, and a long list ends', () => {
	const inner = refusal(() => refuseAll([fault('A'), fault('B')]));
	expect(refusal(() => refuseAll([inner, fault('C')])).message).toMatch(/^3 things .*'A'.*'B'.*'C'/);
	const many = refusal(() => refuseAll(Array.from({ length: 30 }, (_, n) => fault(`P${n}`))));
	expect(many.message).toMatch(/^30 things .*'P9' is empty; and 20 more$/);
	expect(many.faults).toHaveLength(30);
});

test('the error item has each with its remedy', () => {
	const item = toErrorItem(refusal(() => refuseAll([fault('A'), fault('B', 'is odd', 'Make it even')])), [3]);
	expect(item.json.message).toMatchObject({ itemIndex: 3, faults: [{ parameter: 'A', message: 'is empty', description: 'Fill it in' }, { parameter: 'B', message: 'is odd', description: 'Make it even' }] });
});

test('a list: all results, or all refusals', () => {
	expect(mapAll([1, 2], (n, i) => n * 10 + i)).toEqual([10, 21]);
	expect(refusal(() => mapAll([1, 2, 3], (n) => (n === 2 ? n : refuse(`N${n}`, 'is odd', 'Make it even')))).faults?.map(({ parameter }) => parameter)).toEqual(['N1', 'N3']);
});

test('what is no refusal of what was entered goes through at once', () => {
	const seen: number[] = [];
	const lost = { reason: 'not found', message: 'Gone' } as const;
	expect(refusal(() => mapAll([1, 2], (n) => (seen.push(n), fail(lost))))).toEqual(lost);
	expect(seen).toEqual([1]);
	expect(() => faultIn(() => { throw new TypeError('a slip'); })).toThrow('a slip');
});

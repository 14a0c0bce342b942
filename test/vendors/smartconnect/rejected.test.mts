/** What is told of a run whose rows the target rejected, word by word. */
import type { IDataObject } from 'n8n-workflow';
import { outcomeOf, type RunResult } from '../../../nodes/SmartConnect/runs';
import { FailureError, type Failure } from '../../../nodes/shared/answer/failure';
import type { Call } from '../../../nodes/shared/operation/call';

const call = { client: { shown: (text: string) => text }, optionalChoice: () => undefined } as unknown as Call;
const raw = { RunNumber: 13, MapId: 'CUSTOMERS', RecordCount: 2, ErrorCount: 2, Status: 1 };
const item = (row: IDataObject): number[] => [Number(String(row.No).slice(1)) - 1];

function failureOf(changes: IDataObject, rejected: IDataObject[]): Failure {
	const result: RunResult = { success: false, raw: { ...raw, ...changes }, rejected };
	try {
		outcomeOf(call, result, item, [0, 1]);
	} catch (error) {
		if (error instanceof FailureError) return error.failure;
	}
	throw new Error('It was taken for a success');
}

test('a row without a reason gets that of the run, or is told to have none', () => {
	const rows = [{ No: 'A1' }, { No: 'A2', EONERUNERRORS: ' The name is refused. \r\n' }];
	const messages = (changes: IDataObject) => failureOf(changes, rows).parts?.map(({ items, failure: { message } }) => [items, message]);
	expect(messages({ ErrorMessage: 'Posting date is closed.' })).toEqual([[[0], 'Posting date is closed.'], [[1], 'The name is refused.']]);
	expect(messages({})).toEqual([[[0], 'SmartConnect rejected this row'], [[1], 'The name is refused.']]);
});

test('the whole says the number of the run, its message, its counts, and the rows as they were sent', () => {
	const { reason, message, fix, details, fate } = failureOf({ ErrorMessage: 'Posting date is closed.' }, [{ No: 'A1', EONERUNERRORS: 'No name', EONERUNIDENT: 'x' }, { No: 'A2' }]);
	expect({ reason, message, fate }).toEqual({ reason: 'rejected', message: 'Run 13 of CUSTOMERS did not succeed: Posting date is closed. 2 of 2 records were rejected', fate: 'carried out in part' });
	expect(fix).toBe('Rejected rows: {"No":"A1"}: No name; {"No":"A2"}: no reason given. Correct these rows and run them again');
	expect(details).toMatchObject({ runNumber: 13, integration: 'CUSTOMERS', recordCount: 2, errorCount: 2 });
});

test('of more than five rows the message names five', () => {
	const rows = Array.from({ length: 7 }, (_, n) => ({ No: `A${n + 1}`, EONERUNERRORS: 'No' }));
	const { fix = '' } = failureOf({ ErrorCount: 7, RecordCount: 7 }, rows);
	expect(fix).toContain('{"No":"A5"}: No and 2 more. ');
	expect(fix).not.toContain('A6');
});

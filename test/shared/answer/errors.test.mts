/** What a person reads of a failure, word by word. */
import { NodeApiError, NodeOperationError, type INode } from 'n8n-workflow';
import { pairedWith, toErrorItem, toFailure, toNodeError } from '../../../nodes/shared/answer/errors';
import { FailureError, type Failure } from '../../../nodes/shared/answer/failure';
import { Stopped } from '../../../nodes/shared/wait';

const node = { id: '1', name: 'Toy', type: 'toy', typeVersion: 1, position: [0, 0], parameters: {} } as INode;
const failure: Failure = { reason: 'not found', message: 'There is no such thing', fix: 'Check the ID', status: 404, details: { code: 7 } };

describe('toFailure', () => {
	const hide = (text: string) => text.replace('secret', '***');

	test('hands on what the kit has thrown', () => {
		expect(toFailure(new FailureError(failure), hide)).toBe(failure);
		expect(toFailure(new Stopped(), hide)).toEqual({ reason: 'stopped', message: 'The execution was stopped' });
	});

	test('keeps the words of n8n’s own errors, without secrets', () => {
		const own = new NodeOperationError(node, 'A secret word', { description: 'Take another secret word' });
		expect(toFailure(own, hide)).toEqual({ reason: 'unexpected', message: 'A *** word', fix: 'Take another *** word' });
		expect(toFailure(new Error('A secret'), hide)).toEqual({ reason: 'unexpected', message: 'A ***', fix: undefined });
		expect(toFailure('a secret', hide)).toEqual({ reason: 'unexpected', message: 'a ***', fix: undefined });
	});

	test('tells data that are nested too deeply', () => {
		expect(toFailure(new RangeError('Maximum call stack size exceeded'), hide)).toEqual({
			reason: 'unreadable answer',
			message: 'The answer is nested too deeply to be read',
			fix: 'Check the base URL in the credential, and what answers there',
		});
	});
});

describe('toNodeError', () => {
	test('says what happened, to which item, and what to do, in sentences', () => {
		const error = toNodeError(node, failure, 3, 'Items 0 to 2 are done');
		expect(error).toBeInstanceOf(NodeApiError);
		expect(error.message).toBe('There is no such thing [item 3]');
		expect(error.description).toBe('Check the ID. Items 0 to 2 are done.');
		expect(error.context).toMatchObject({ itemIndex: 3, data: { code: 7 } });
		expect((error as NodeApiError).httpCode).toBe('404');
	});

	test('of what the user entered is one of the operation, without a status', () => {
		const error = toNodeError(node, { reason: 'invalid input', message: 'is empty', fix: 'Enter one!', parameter: 'Name' }, 0);
		expect(error).toBeInstanceOf(NodeOperationError);
		expect(error.message).toBe("'Name' is empty [item 0]");
		expect(error.description).toBe('Enter one!');
	});

	test('in the editor names no item, and says nothing where there is nothing to say', () => {
		const error = toNodeError(node, { reason: 'unexpected', message: 'EPERM was said' });
		expect(error.message).toBe('EPERM was said');
		expect(error.description ?? '').toBe('');
		expect(error.context.itemIndex).toBeUndefined();
	});
});

test('toErrorItem holds all that is known, and nothing that is not', () => {
	expect(toErrorItem({ ...failure, parameter: 'ID' }, [2])).toEqual({
		json: { error: "'ID': There is no such thing", message: { code: 7, reason: 'not found', itemIndex: 2, description: 'Check the ID', httpCode: 404, parameter: 'ID' } },
		pairedItem: { item: 2 },
	});
	expect(toErrorItem({ reason: 'unexpected', message: 'Oh' }, [0, 1])).toEqual({ json: { error: 'Oh', message: { reason: 'unexpected', itemIndex: 0 } }, pairedItem: [{ item: 0 }, { item: 1 }] });
});

test('pairedWith', () => {
	expect([pairedWith([4]), pairedWith([4, 5]), pairedWith([])]).toEqual([{ item: 4 }, [{ item: 4 }, { item: 5 }], []]);
});

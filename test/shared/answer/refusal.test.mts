/** Which answers with a status of success say no. */
import { saysNo } from '../../../nodes/shared/answer/refusal';

test.each([
	{ success: false }, { success: 'false', message: 'No' }, { success: 0 }, { success: false, id: 5 }, { ok: false }, { isSuccess: false, errorMessage: 'No' },
	{ status: 'error', message: 'No' }, { status: 'FAIL' }, { status: 500 }, { statusCode: 409 }, { errors: [{ message: 'No' }] }, { errors: { name: ['too long'] } },
	{ error: 'No' }, { error: { code: 5 } }, { data: null, error: true },
])('%j does', (body) => expect(saysNo(body)).toBe(true));

test.each([
	{}, { success: true }, { status: 'ok' }, { status: 'active' }, { status: 200 }, { errors: [] }, { errors: {} }, { error: null }, { error: '' }, { error: false }, { data: [{ success: false }] },
	{ id: 5, status: 'error', errors: ['of the record'] }, { _id: 'a', error: 'of the record' }, [{ success: false }], 'error', null, undefined, false,
])('%j does not', (body) => expect(saysNo(body)).toBe(false));

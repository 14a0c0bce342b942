/** What a log-in that did not succeed means: no, or not now. */
import { askForSession, notLoggedIn, unclear } from '../../../nodes/shared/session/logIn';

const thrownBy = async (work: () => unknown): Promise<unknown> => {
	try {
		await work();
	} catch (error) {
		return error;
	}
	throw new Error('Nothing was thrown');
};
const meaning = async (work: () => unknown) => notLoggedIn({ error: await thrownBy(work), stopped: false }, 'Toy');
const answering = (statusCode: number, headers: object = {}) => async () => await askForSession(async () => ({ statusCode, headers, body: Buffer.from('<html>') }), 'Toy', { url: 'https://toy.example/auth' });

test.each([400, 401, 403, 404, 422])('a refusal with %i stands: it is not tried again', async (status) => {
	expect(await meaning(() => unclear(`No (HTTP ${status})`, { status, headers: {}, text: '' }))).toEqual({
		type: 'failed',
		failure: { reason: 'log-in refused', message: `No (HTTP ${status})`, fix: 'Correct the credential of this node and test it' },
		transient: false,
		fate: 'not carried out',
	});
});

test.each([200, 204, 302, 408])('an answer with %i that is no log-in says nothing about the credential, and is tried again', async (status) => {
	expect(await meaning(() => unclear(`Odd (HTTP ${status})`, { status, headers: {}, text: '' }))).toEqual({
		type: 'failed',
		failure: { reason: 'unreadable answer', message: `Odd (HTTP ${status})`, fix: 'Try again later; if it stays, check the address in the credential', status },
		transient: true,
		fate: 'not carried out',
	});
});

test.each([500, 502, 503])('a service in trouble is asked again: %i', async (status) => {
	expect(await meaning(answering(status))).toMatchObject({ type: 'failed', transient: true, fate: 'not carried out', failure: { reason: 'service down', status, message: `Toy can’t log in anybody at the moment (HTTP ${status})` } });
});

test('a service that is asked too often says when to come back', async () => {
	expect(await meaning(answering(429, { 'retry-after': '7' }))).toMatchObject({ type: 'throttled', afterMs: 7_000, failure: { status: 429 } });
});

test.each([200, 401])('an answer with %i is handed on', async (status) => {
	expect(await answering(status)()).toEqual({ status, headers: {}, text: '<html>' });
});

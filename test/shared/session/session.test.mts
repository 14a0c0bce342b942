import type { NotLoggedIn } from '../../../nodes/shared/session/logIn';
import { renew, type Credentials, type Session } from '../../../nodes/shared/session/session';

const session: Session = { tokenField: 'token', ownerField: 'owner', ownerOf: () => 'me' };
const stored = { owner: 'me', token: 'old' };
const asking = (signal?: AbortSignal) => ({ key: 'k', session, usedToken: 'old', signal, patienceMs: 60_000, read: async () => ({ ...stored }) });
const soon = () => new Promise<void>((resolve) => setImmediate(resolve));

const stopped: NotLoggedIn = { type: 'failed', failure: { reason: 'stopped', message: 'The execution was stopped' }, transient: false, fate: 'not carried out' };

/** Logs in after a moment, unless its execution is stopped meanwhile. */
function logInOf(signal?: AbortSignal) {
	const count = { started: 0 };
	const logIn = async (blank: Credentials) => {
		count.started++;
		await soon();
		if (signal?.aborted) return stopped;
		blank.token = 'new';
		return undefined;
	};
	return { count, logIn };
}

test('one log-in serves all that ask at the same time', async () => {
	const { count, logIn } = logInOf();
	const renewals = await Promise.all(Array.from({ length: 5 }, async () => await renew(asking(), logIn)));
	expect(renewals).toEqual(renewals.map(() => ({ credentials: { owner: 'me', token: 'new' } })));
	expect(count.started).toBe(1);
});

test('a log-in that ends because its execution is stopped fails nobody else', async () => {
	const stop = new AbortController();
	const [ended, other, third] = [logInOf(stop.signal), logInOf(), logInOf()];
	const first = renew(asking(stop.signal), ended.logIn);
	const rest = [renew(asking(), other.logIn), renew(asking(), third.logIn)];
	stop.abort();
	expect(await first).toMatchObject({ failed: { failure: { reason: 'stopped' } } });
	expect(await Promise.all(rest)).toEqual(rest.map(() => ({ credentials: { owner: 'me', token: 'new' } })));
	expect(other.count.started + third.count.started).toBe(1);
});

test('a credential that one execution could not read fails nobody else', async () => {
	const { logIn } = logInOf();
	const first = renew({ ...asking(), read: async () => await Promise.reject(new Error('no')) }, logIn);
	const second = renew(asking(), logIn);
	await expect(first).rejects.toThrow('no');
	expect(await second).toMatchObject({ credentials: { token: 'new' } });
});

test('a log-in that never ends is given up by those who wait, and the next of them logs in', async () => {
	const { count, logIn } = logInOf();
	let kept = stored;
	const read = async () => ({ ...kept });
	const logInAndKeep = async (blank: Credentials) => {
		const failed = await logIn(blank);
		kept = { ...stored, token: String(blank.token) };
		return failed;
	};
	const hung = renew(asking(), async () => await new Promise(() => undefined));
	const waiting = [1, 2].map(async () => await renew({ ...asking(), patienceMs: 30, read }, logInAndKeep));
	expect(await Promise.all(waiting)).toEqual(waiting.map(() => ({ credentials: { owner: 'me', token: 'new' } })));
	expect(count.started).toBe(1);
	// What is over is forgotten: nobody waits for it again.
	expect(await renew(asking(), logIn)).toMatchObject({ credentials: { token: 'new' } });
	void hung;
});

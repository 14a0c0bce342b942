/** What comes to an end in any case, through n8n's engine: answers and log-ins of a service that stalls, trickles or says something else. */
import { gzipSync } from 'node:zlib';
import type { INodeParameters } from 'n8n-workflow';
import { useEngine } from '../support/engine.mts';
import { type Answer, bytes, calls, half, ID, json, page, raw, session, trickle, upgrade, useSmallEntu } from '../support/smallEntu.mts';

const engine = useEngine();
const entu = useSmallEntu(engine);
const { credential, run } = entu;

describe('an answer without an end', () => {
	const endless: Record<string, Answer> = { 'a 101': upgrade, 'a trickle': trickle(''), 'a trickle of JSON': trickle('{"entity":'), 'a head that stops': raw('HTTP/1.1 200 OK\r\nContent-Le'), 'other 1xx': raw('HTTP/1.1 102 Processing\r\n\r\n') };

	test.each(Object.keys(endless))('%s: a read recovers', async (name) => {
		entu.service.will('data', endless[name] as Answer, json(JSON.stringify({ entity: { _id: ID } })));
		const { error, durationMs } = await run(calls.get, { timeout: 200 });
		expect(error).toBeUndefined();
		expect(durationMs).toBeLessThan(4000);
	});

	test.each(Object.keys(endless))('%s: a change is sent once, and says that nobody knows', async (name) => {
		entu.service.will('data', endless[name] as Answer);
		const { error, durationMs } = await run(calls.remove, { timeout: 200 });
		expect(error?.message).toMatch(/did not answer in time|before its answer was complete/);
		expect(error?.message).toContain('may have been carried out');
		expect(entu.service.effects).toHaveLength(1);
		expect(durationMs).toBeLessThan(4000);
	});

	test.each(Object.keys(endless))('%s at the log-in: that execution ends, and the next one succeeds', async (name) => {
		const row = credential();
		entu.service.will('log-in', endless[name] as Answer);
		const first = await run(calls.remove, { timeout: 100, row });
		expect(first.error?.message).toMatch(/did not answer in time|before its answer was complete/);
		expect(first.error?.message).not.toContain('may have been carried out');
		entu.service.will('log-in', json(session));
		expect((await run(calls.get, { row })).error).toBeUndefined();
	}, 20_000);
});

describe('a log-in that does not settle', () => {
	test('holds up no other execution for longer than that one waits', async () => {
		const row = credential();
		entu.service.will('log-in', upgrade, json(session));
		const patient = engine.runNode({ node: 'entu', parameters: { ...calls.get, options: { timeout: 3000 } }, credentials: { entuApi: row } });
		while (entu.service.count('log-in') === 0) await new Promise((resolve) => setTimeout(resolve, 10));
		const { error, durationMs } = await run(calls.get, { timeout: 100, row });
		expect(error).toBeUndefined();
		expect(durationMs).toBeLessThan(3000);
		expect((await patient).error).toBeUndefined();
	}, 30_000);

	test('does not hold an execution that is stopped', async () => {
		const row = credential();
		entu.service.will('log-in', upgrade);
		const options = { node: 'entu', parameters: calls.get, credentials: { entuApi: row } };
		const first = engine.runNode({ ...options, cancelAfterMs: 1500 });
		while (entu.service.count('log-in') === 0) await new Promise((resolve) => setTimeout(resolve, 10));
		const { error, durationMs } = await engine.runNode({ ...options, cancelAfterMs: 100 });
		expect(error?.message).toContain('stopped');
		expect(durationMs).toBeLessThan(1000);
		await first;
	}, 20_000);
});

describe('one glitch at the log-in is none of the credential', () => {
	const glitches: Record<string, Answer> = {
		'damaged gzip': bytes(Buffer.from('no gzip'), { 'content-encoding': 'gzip', 'content-type': 'application/json' }),
		'cut gzip': bytes(half(gzipSync(session)), { 'content-encoding': 'gzip', 'content-type': 'application/json' }),
		'cut JSON': json(session.slice(0, -5)),
		'another JSON': json('{}'),
		'a web page': page(),
		'a redirect': bytes(Buffer.alloc(0), { location: '/elsewhere' }, 302),
		'a 408': page(408),
		'a wrong chunk': raw('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nnone\r\n'),
		nothing: bytes(Buffer.alloc(0)),
	};

	test.each(Object.keys(glitches))('%s', async (name) => {
		entu.service.will('log-in', glitches[name] as Answer, json(session));
		const { error } = await run(calls.get, { items: 5 });
		expect(error).toBeUndefined();
		expect(entu.service.count('log-in')).toBe(2);
		entu.service.will('log-in', glitches[name] as Answer);
		const refused = await run(calls.get);
		expect(refused.error?.description).toMatch(/^Try again later/);
		expect(refused.error?.message).not.toMatch(/not accept|credential/);
	}, 20_000);

	test.each([400, 401, 403, 404])('but a %i stands', async (status) => {
		entu.service.will('log-in', bytes(Buffer.from('{"message":"No"}'), { 'content-type': 'application/json' }, status), json(session));
		const { error } = await run(calls.get, { items: 5 });
		expect(error).toBeDefined();
		expect(entu.service.count('log-in')).toBe(1);
	});
});

test('a change that is confirmed with nothing is one', async () => {
	entu.service.will('data', (response) => void response.writeHead(204).end());
	const { error, outputs } = await run(calls.remove);
	expect(error).toBeUndefined();
	expect(outputs[0]?.[0]?.json).toMatchObject({ deleted: true });
	expect(entu.service.effects).toHaveLength(1);
});

test('an answer that can’t be unpacked is asked for anew, and told in words to act on', async () => {
	const damaged = bytes(Buffer.from('no gzip'), { 'content-encoding': 'gzip', 'content-type': 'application/json' });
	entu.service.will('data', damaged, json(JSON.stringify({ entity: { _id: ID } })));
	expect((await run(calls.get)).error).toBeUndefined();
	entu.service.will('data', damaged);
	const { error } = await run(calls.get);
	expect(error?.message).toContain('sent an answer that can’t be read');
	expect(error?.description).toMatch(/^Try again later/);
});

describe('a request that is too long', () => {
	const list = (search: string): INodeParameters => ({ resource: 'entity', operation: 'getAll', entityType: '', search });

	test.each([414, 431])('for the service (%i) is told with what makes it so', async (status) => {
		entu.service.will('data', page(status));
		const { error } = await run(list('x'.repeat(3000)));
		expect(error?.message).toContain(`finds the request too long (HTTP ${status})`);
		expect(error?.description).toMatch(/alone is 3\d\d\d characters long/);
	});

	test('for any service is not sent', async () => {
		const { error } = await run(list('x'.repeat(70_000)));
		expect(error?.description).toMatch(/alone is 7\d{4} characters long\. Nothing was sent/);
		expect(entu.service.asked).toEqual([]);
	});
});

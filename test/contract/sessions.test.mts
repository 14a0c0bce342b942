/** Services with sessions: whatever an operation finds of an old session, one log-in mends it, and n8n keeps the new token. */
import { pairs, useLab, type Subject } from './lab.mts';

const lab = useLab(1);
const withSessions = lab.all.filter(({ samples, sample }) => samples.sessions && !sample.sessionless);
const AT_ONCE = 20;

describe.each(withSessions.map((subject): [string, Subject] => [`${subject.node} ${subject.key}`, subject]))('%s', (_, subject) => {
	test('goes on after its session has expired, with one log-in', async () => {
		const { bench } = lab;
		const row = await bench.fresh(subject);
		const [first = {}, second = {}, third = {}] = subject.sample.items ?? [];
		expect((await bench.run(subject, { items: [first] })).error).toBeUndefined();
		const loginsBefore = (await bench.summary(subject)).logins;
		const savesBefore = row.saves;
		await bench.control.expireSessions(subject.samples.service);
		const run = await bench.run(subject, { items: [second, third] });
		expect(run.error).toBeUndefined();
		const { logins } = await bench.summary(subject);
		// The operation that shows a token exchanges the key by itself, and needs no session.
		if (subject.samples.revealing?.includes(subject.key)) return;
		expect(logins - loginsBefore).toBe(1);
		expect(row.saves).toBeGreaterThan(savesBefore);
	});
});

const reads = ['entity:get', 'connection:getAll'];
describe.each(
	withSessions.filter(({ key }) => reads.includes(key)).map((subject): [string, Subject] => [`${subject.node} ${subject.key}`, subject]),
)('%s', (_, subject) => {
	test.each(['expired', 'blank', 'made for another account'])(`with ${AT_ONCE} requests in flight and a token that is %s: exactly one log-in`, async (state) => {
		const { bench } = lab;
		const row = await bench.fresh(subject);
		const items = Array.from({ length: AT_ONCE * 3 }, () => ({ ...subject.sample.items?.[0] }));
		if (state !== 'blank') await bench.run(subject, { items: items.slice(0, 1) });
		if (state === 'expired') await bench.control.expireSessions(subject.samples.service);
		if (state === 'made for another account') row.data = { ...row.data, ...Object.fromEntries(Object.keys(row.data).filter((key) => key === 'sessionFor').map((key) => [key, 'somebody else'])) };
		const { logins: before } = await bench.summary(subject);
		await bench.control.settings(subject.samples.service, { latencyMs: 20 });
		const run = await bench.run(subject, { items, parameters: { options: { parallelRequests: AT_ONCE } } });
		expect(run.error).toBeUndefined();
		expect(new Set(pairs(run.outputs[0])).size).toBe(items.length);
		const { logins, maxInFlight, byStatus } = await bench.summary(subject);
		expect(logins - before).toBe(1);
		expect(maxInFlight).toBeGreaterThan(AT_ONCE / 2);
		// Items that begin after the log-in have no use for the old token.
		expect((byStatus['401'] ?? 0) + (byStatus['403'] ?? 0)).toBeLessThanOrEqual(AT_ONCE);
	});
});

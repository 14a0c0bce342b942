/** The one place that repeats requests: how often, and how long it waits in between. */
import type { Outcome } from '../../../nodes/shared/answer/outcome';
import { runAlone } from '../../../nodes/shared/service/run';
import type { Service } from '../../../nodes/shared/service/service';
import { Transport } from '../../../nodes/shared/service/transport';

const service = { name: 'Toy', limits: { inFlight: 2 } } as Service;
const failure = { reason: 'service down', message: 'down' } as const;
const busy = (afterMs: number): Outcome => ({ type: 'throttled', afterMs, failure, fate: 'not carried out' });
const down: Outcome = { type: 'failed', failure, transient: true, fate: 'not carried out' };
const fine: Outcome = { type: 'ok', body: 1 };

/** The times between the attempts, ms, and what came of them. */
async function persist(outcomes: readonly Outcome[], signal?: AbortSignal) {
	const times: number[] = [];
	const transport = new Transport(service, { ...runAlone(1), signal }, `toy ${Math.random()}`);
	const result = await transport.persist('read', async () => {
		times.push(performance.now());
		return outcomes[times.length - 1] ?? fine;
	});
	return { result, gaps: times.slice(1).map((time, index) => time - (times[index] ?? NaN)) };
}

test('waits as long as the service asks', async () => {
	const { result, gaps } = await persist([busy(120), busy(60), fine]);
	expect(result).toEqual(fine);
	expect(gaps).toHaveLength(2);
	expect(gaps[0]).toBeGreaterThanOrEqual(119);
	expect(gaps[1]).toBeGreaterThanOrEqual(59);
});

test('waits longer from time to time where it does not say how long', async () => {
	const { result, gaps } = await persist([down, down, fine]);
	expect(result).toEqual(fine);
	expect(gaps).toHaveLength(2);
	expect(gaps[0]).toBeGreaterThanOrEqual(199);
	expect(gaps[1]).toBeGreaterThanOrEqual(399);
});

test('gives up after four attempts, with what the last one brought', async () => {
	const { result, gaps } = await persist([down, down, down, down]);
	expect(result).toEqual(down);
	expect(gaps).toHaveLength(3);
}, 15_000);

test('does not wait again where the waiting so far and what is asked are more than five minutes', async () => {
	const { result, gaps } = await persist([busy(50), busy(299_960)]);
	expect(result).toEqual(busy(299_960));
	expect(gaps).toHaveLength(1);
});

test('stops waiting with the execution', async () => {
	const stop = new AbortController();
	setTimeout(() => stop.abort(), 20);
	await expect(persist([busy(60_000)], stop.signal)).rejects.toThrow('The execution was stopped');
});

test('holds back everybody who uses the credential while the service asks for it', async () => {
	const key = `toy ${Math.random()}`;
	const [first, other] = [new Transport(service, runAlone(1), key), new Transport(service, runAlone(1), key)];
	let asked = 0;
	let sentAfter = 0;
	const begun = performance.now();
	await first.persist('read', async () => {
		if (asked++ > 0) return fine;
		const send = async () => {
			sentAfter = performance.now() - begun;
			return { statusCode: 200, headers: {}, body: Buffer.from('') };
		};
		// Sent by somebody else while this one waits.
		setTimeout(() => void other.exchange('https://toy.example', {}, send), 10);
		return busy(150);
	});
	await new Promise((resolve) => setTimeout(resolve, 300));
	expect(sentAfter).toBeGreaterThanOrEqual(145);
});

import fc from 'fast-check';
import { retryAfterMs, type Outcome } from '../../../nodes/shared/answer/outcome';
import { retryDelayMs, type RetryState } from '../../../nodes/shared/service/retry';

/** Nobody waits for longer in all: five minutes, ms. */
const LONGEST_WAIT_MS = 300_000;
const failure = { reason: 'service down', message: 'down' } as const;
const throttled = (afterMs?: number, fate: 'not carried out' | 'unknown' = 'not carried out'): Outcome => ({ type: 'throttled', afterMs, failure, fate });
const failed = (transient: boolean, fate: 'not carried out' | 'unknown'): Outcome => ({ type: 'failed', failure, transient, fate });
const state = (changes: Partial<RetryState> = {}): RetryState => ({ effect: 'read', attempt: 1, waitedMs: 0, random: 0.5, ...changes });

describe('retryDelayMs', () => {
	test.each([
		['a success', { type: 'ok', body: 1 } as Outcome, state(), undefined],
		['an expired session', { type: 'expired', failure } as Outcome, state(), undefined],
		['a named time', throttled(1234), state(), 1234],
		['a named time, for a write', throttled(0), state({ effect: 'write' }), 0],
		['a named time that proves nothing, for a read', throttled(1234, 'unknown'), state(), 1234],
		['a named time that proves nothing, for a write', throttled(1234, 'unknown'), state({ effect: 'write' }), undefined],
		['what is final', failed(false, 'not carried out'), state(), undefined],
		['a write of unknown fate', failed(true, 'unknown'), state({ effect: 'write' }), undefined],
		['a delete of unknown fate', failed(true, 'unknown'), state({ effect: 'delete' }), undefined],
		['a fourth attempt', failed(true, 'unknown'), state({ attempt: 4 }), undefined],
		['a twelfth attempt', throttled(1), state({ attempt: 12 }), undefined],
		['a third attempt', throttled(1), state({ attempt: 3 }), 1],
		['an eleventh attempt', throttled(1), state({ attempt: 11 }), 1],
		['as much waiting as anybody would', throttled(LONGEST_WAIT_MS), state(), LONGEST_WAIT_MS],
		['more waiting than anybody would', throttled(LONGEST_WAIT_MS + 1), state(), undefined],
		['too much waiting in all', throttled(1000), state({ waitedMs: LONGEST_WAIT_MS }), undefined],
	])('%s', (_, outcome, given, expected) => {
		expect(retryDelayMs(outcome, given)).toBe(expected);
	});

	test('waits all the same for a service that says "at once" again and again', () => {
		expect(retryDelayMs(throttled(0), state({ attempt: 2 }))).toBeGreaterThanOrEqual(400);
	});

	test('repeats a write that never reached the service', () => {
		expect(retryDelayMs(failed(true, 'not carried out'), state({ effect: 'write' }))).toBeGreaterThan(0);
	});

	test('waits longer from attempt to attempt, never twice the same for two requests', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 11 }), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, random) => {
				const delay = retryDelayMs(throttled(), state({ attempt, random })) ?? NaN;
				const ceiling = Math.min(16_000, 400 * 2 ** (attempt - 1));
				expect(delay).toBeGreaterThanOrEqual(ceiling / 2);
				expect(delay).toBeLessThanOrEqual(ceiling);
			}),
		);
	});
});

describe('retryAfterMs', () => {
	const now = Date.parse('2026-11-21T10:00:00Z');
	test.each([
		['7', 7000],
		['0', 0],
		['1.5', 1500],
		['-3', 0],
		['Sat, 21 Nov 2026 10:00:30 GMT', 30_000],
		['Sat, 21 Nov 2026 09:00:00 GMT', 0],
		['soon', undefined],
		['', undefined],
	])('"%s"', (header, expected) => {
		expect(retryAfterMs({ headers: { 'retry-after': header } }, now)).toBe(expected);
	});

	test('no header', () => expect(retryAfterMs({ headers: {} }, now)).toBeUndefined());
});

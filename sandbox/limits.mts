import type { CommonSettings } from './service.mts';

/** Sliding window per credential. */
export class RateLimiter {
	private calls = new Map<string, number[]>();

	/** Counts a call at `now` (ms). Returns 0 when it is allowed, else the ms until the next one is. */
	take(credential: string, limit: CommonSettings['rateLimit'], now: number): number {
		if (!limit) return 0;
		const recent = (this.calls.get(credential) ?? []).filter((at) => at > now - limit.perMs);
		this.calls.set(credential, recent);
		if (recent.length >= limit.requests) return (recent[0] ?? now) + limit.perMs - now;
		recent.push(now);
		return 0;
	}

	reset(): void {
		this.calls.clear();
	}
}

/** The value of `Retry-After`, rounded up to whole seconds; `undefined` for none. */
export function retryAfterHeader(style: CommonSettings['retryAfter'], waitMs: number): string | undefined {
	if (style === 'none') return undefined;
	if (style === 'seconds') return String(Math.ceil(waitMs / 1000));
	return new Date(Math.ceil((Date.now() + waitMs) / 1000) * 1000).toUTCString();
}

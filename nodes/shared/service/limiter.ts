import { assertRunning, LONGEST_NAP_MS, wait } from '../wait';

/** What may be under way. */
export interface Limits {
	/** Requests under way at once. */
	readonly inFlight: number;
	/** How many of them reads have under way unless the user says otherwise, where it is known that the service bears more than the usual 5. */
	readonly reads?: number;
	/** At most `requests` in any span of `perMs` ms. */
	readonly rate?: { readonly requests: number; readonly perMs: number };
}

interface Waiting {
	/** Tells the one that waits that a place was taken for it. */
	readonly enter: () => void;
}

/**
 * Lets requests through, in the order of their coming, within the limits.
 *
 * The rate holds wherever the service puts its window: a place in it is free again `perMs` after the *answer*, which is never
 * earlier than the moment that the service counted the request.
 */
export class Limiter {
	private inFlight = 0;
	/** By the clock that nobody sets, in ms, as all times here. */
	private pausedUntil = 0;
	private readonly waiting = new Set<Waiting>();
	private isTiming = false;
	/** When the places of the rate window become free, oldest first. */
	private readonly cooling: number[] = [];

	constructor(private readonly limits: Limits) {}

	/**
	 * Waits for a place, which the caller must give back with `release`.
	 * @throws Stopped as soon as the execution is stopped, whereupon no place is taken
	 */
	async acquire(signal: AbortSignal | undefined): Promise<void> {
		assertRunning(signal);
		const place = await new Promise<'taken' | 'left'>((resolve) => {
			const leave = (): void => {
				this.waiting.delete(waiting);
				resolve('left');
			};
			const waiting: Waiting = {
				enter: () => {
					signal?.removeEventListener('abort', leave);
					resolve('taken');
				},
			};
			signal?.addEventListener('abort', leave, { once: true });
			this.waiting.add(waiting);
			this.admit();
		});
		if (place === 'taken' && signal?.aborted) this.release();
		assertRunning(signal);
	}

	/** Gives the place back, as soon as the answer is there to its last byte, or the request has come to nothing. */
	release(): void {
		this.inFlight--;
		if (this.limits.rate) this.cooling.push(performance.now() + this.limits.rate.perMs);
		this.admit();
	}

	/** Holds all requests back for a while, because the service asked for it. */
	pause(ms: number): void {
		this.pausedUntil = Math.max(this.pausedUntil, performance.now() + ms);
	}

	/** Whether nothing would be forgotten by dropping this limiter. */
	get idle(): boolean {
		const now = performance.now();
		return this.inFlight === 0 && this.waiting.size === 0 && this.pausedUntil <= now && (this.cooling.at(-1) ?? 0) <= now;
	}

	/** Lets in as many as there is place for; what only time can bring is looked for again. */
	private admit(): void {
		for (const first of this.waiting) {
			if (this.inFlight >= this.mostInFlight()) return;
			if (this.msToWait() > 0) return void this.admitInTime();
			this.waiting.delete(first);
			this.inFlight++;
			first.enter();
		}
	}

	private async admitInTime(): Promise<void> {
		if (this.isTiming) return;
		this.isTiming = true;
		// In naps, so that nothing is kept awake once nobody waits any more.
		while (this.waiting.size > 0 && this.msToWait() > 0) await wait(Math.min(this.msToWait(), LONGEST_NAP_MS), undefined);
		this.isTiming = false;
		this.admit();
	}

	private msToWait(): number {
		const now = performance.now();
		if (this.pausedUntil > now) return this.pausedUntil - now;
		const { rate } = this.limits;
		if (!rate) return 0;
		while (this.cooling.length > 0 && (this.cooling[0] ?? 0) <= now) this.cooling.shift();
		const full = this.inFlight + this.cooling.length >= rate.requests;
		return full && this.cooling[0] !== undefined ? this.cooling[0] - now : 0;
	}

	private mostInFlight(): number {
		return Math.min(this.limits.inFlight, this.limits.rate?.requests ?? Infinity);
	}
}

const MOST_KEPT = 500;
const limiters = new Map<string, Limiter>();

/** The one limiter of a credential in this process, shared by all executions. */
export function limiterFor(credentialKey: string, limits: Limits): Limiter {
	const known = limiters.get(credentialKey);
	if (known) return known;
	if (limiters.size >= MOST_KEPT) forgetIdle();
	const limiter = new Limiter(limits);
	limiters.set(credentialKey, limiter);
	return limiter;
}

function forgetIdle(): void {
	for (const [key, limiter] of limiters) if (limiter.idle) limiters.delete(key);
}

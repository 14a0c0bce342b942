import { watchBytes, type Readable } from '../stream';
import { Stopped } from '../wait';

/** Work took longer than it may. It carries the code by which time-outs are known. */
export class Overdue extends Error {
	readonly code = 'ETIMEDOUT';

	constructor() {
		super('It took too long');
		this.name = 'Overdue';
	}
}

/** No timer takes a longer time, in ms. */
export const LONGEST_MS = 2 ** 31 - 1;

/**
 * Ends work that takes too long, and work whose execution is stopped: `signal` tells whoever carries it out. Of the timers that n8n lets
 * nodes use, the one behind a signal is the only one that nothing waits for any more once the work is done.
 */
export class Deadline {
	private readonly controller = new AbortController();
	private timer: AbortSignal | undefined;
	/** By the clock that nobody sets, in ms. */
	private until = 0;
	private putOff = (): void => undefined;
	private isBusy = (): boolean => false;

	/**
	 * @param ms after which it is over, in ms
	 * @param stop signal of the execution
	 */
	constructor(
		ms: number,
		private readonly stop: AbortSignal | undefined,
	) {
		stop?.addEventListener('abort', this.halt);
		this.set(ms);
		if (stop?.aborted) this.halt();
	}

	get signal(): AbortSignal {
		return this.controller.signal;
	}

	/** Waits for the work no longer than until the end. @throws Overdue, or Stopped when the execution is stopped */
	async race<T>(work: Promise<T>): Promise<T> {
		const { signal } = this;
		const over = new Promise<never>((_, reject) => {
			if (signal.aborted) reject(reasonOf(signal));
			signal.addEventListener('abort', () => reject(reasonOf(signal)), { once: true });
		});
		return await Promise.race([work, over]);
	}

	/**
	 * From now on, every byte of the file puts the end off: it is over when none has come, or gone, for so long.
	 * @param atMostMs when it is over all the same, in ms
	 */
	follow(file: Readable, ms: number, way: 'in' | 'out', atMostMs = Infinity): void {
		const latest = performance.now() + atMostMs;
		this.putOff = () => {
			this.until = Math.min(performance.now() + ms, latest);
		};
		// What has come already and only waits to be stored: the disk is slow, and not the service.
		this.isBusy = () => way === 'in' && file.readableLength > 0;
		this.set(ms);
		watchBytes(file, this.putOff);
	}

	/** It is over at once. */
	readonly expire = (): void => this.end(new Overdue());

	/** There is nothing more to end. */
	clear(): void {
		this.stop?.removeEventListener('abort', this.halt);
		this.timer?.removeEventListener('abort', this.look);
	}

	private readonly halt = (): void => this.end(new Stopped());

	private end(reason: Error): void {
		this.clear();
		this.controller.abort(reason);
	}

	private set(ms: number): void {
		this.until = performance.now() + ms;
		this.lookIn(ms);
	}

	private lookIn(ms: number): void {
		this.timer?.removeEventListener('abort', this.look);
		this.timer = AbortSignal.timeout(Math.min(Math.max(1, Math.ceil(ms)), LONGEST_MS));
		this.timer.addEventListener('abort', this.look, { once: true });
	}

	private readonly look = (): void => {
		if (this.isBusy()) this.putOff();
		const left = this.until - performance.now();
		if (left > 0) this.lookIn(left);
		else this.expire();
	};
}

function reasonOf({ reason }: AbortSignal): Error {
	return reason instanceof Error ? reason : new Overdue();
}

const MOST_SIGHTS = 1000;
/** How long a state that was gone on from may still come back, in ms: less than the shortest interval of n8n. */
const STALE_MS = 50_000;

/** A first sight that n8n may not have stored. */
interface Sight {
	/** What was stored when it was taken; nothing at the very first. */
	readonly insteadOf: string | undefined;
	readonly text: string;
}

/** What the polls of one process know of each other. */
export class PollMemory {
	private readonly underWay = new Set<string>();
	private readonly met = new WeakSet<object>();
	private readonly sights = new Map<string, Sight>();
	private readonly left = new Map<string, { readonly text: string; readonly at: number }>();

	/** @param now in ms, by a clock that nobody sets */
	constructor(private readonly now = (): number => performance.now()) {}

	/** Whether this is the first poll of a registration: n8n polls with one context as long as that lasts, or with a new one each time. */
	isFirst(context: object): boolean {
		const isFirst = !this.met.has(context);
		this.met.add(context);
		return isFirst;
	}

	/** Lets one poll in at a time: n8n begins the next one while the last is still at work. @returns whether this one may go on */
	enter(key: string): boolean {
		if (this.underWay.has(key)) return false;
		this.underWay.add(key);
		return true;
	}

	leave(key: string): void {
		this.underWay.delete(key);
	}

	/** A poll has given changes out and gone on from this state. */
	leaveBehind(key: string, stored: string | undefined): void {
		if (this.left.size >= MOST_SIGHTS) this.left.delete(this.left.keys().next().value ?? '');
		if (stored !== undefined) this.left.set(key, { text: stored, at: this.now() });
	}

	/**
	 * Whether a poll has just given out what happened since this state. n8n's durable scheduler reads the state of several polls that are due
	 * ahead, so that the later ones come with an old one. If n8n could not store the new one, the old one comes back after a while.
	 */
	isStale(key: string, stored: string | undefined): boolean {
		const left = this.left.get(key);
		if (left !== undefined && left.text === stored) return this.now() - left.at < STALE_MS;
		// A newer state was stored: what comes back after it is no old one.
		this.left.delete(key);
		return false;
	}

	/** n8n's durable scheduler does not store what the poll at publishing has seen: without this, changes until the next poll would be lost. */
	keepSight(key: string, sight: Sight): void {
		if (this.sights.size >= MOST_SIGHTS) this.sights.delete(this.sights.keys().next().value ?? '');
		this.sights.set(key, sight);
	}

	/** What to go on from: what n8n has stored, or the first sight that it has not. */
	latest(key: string, stored: string | undefined): string | undefined {
		const sight = this.sights.get(key);
		if (sight && sight.insteadOf === stored) return sight.text;
		this.sights.delete(key);
		return stored;
	}
}

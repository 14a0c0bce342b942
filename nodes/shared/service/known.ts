/** What a service has said and need not be asked again for a while; all executions of this process share it. */
interface Known {
	readonly value: unknown;
	/** By the clock that nobody sets, in ms. */
	readonly until: number;
}

const MOST_KEPT = 200;
/** By account and what it is, what was not asked for longest first. Accounts are named by fingerprints, and what is kept has no secret in it. */
const known = new Map<string, Known>();

/** What was kept under a key; nothing once its time is over. */
export function recall(account: string, key: string): { readonly value: unknown } | undefined {
	const name = nameOf(account, key);
	const found = known.get(name);
	if (!found || found.until <= performance.now()) return undefined;
	known.delete(name);
	known.set(name, found);
	return found;
}

/**
 * Keeps what a service has said; what was not asked for longest has to go where it becomes too much.
 * @param account `Client.account`, so that nobody sees what another may see
 * @param forMs how long, in ms
 */
export function keep(account: string, key: string, value: unknown, forMs: number): void {
	const name = nameOf(account, key);
	known.delete(name);
	known.set(name, { value, until: performance.now() + forMs });
	const [oldest] = known.keys();
	if (known.size > MOST_KEPT && oldest !== undefined) known.delete(oldest);
}

/** Forgets one thing of an account, or all that is known of it. */
export function forget(account: string, key?: string): void {
	if (key !== undefined) return void known.delete(nameOf(account, key));
	for (const name of known.keys()) if (name.startsWith(nameOf(account, ''))) known.delete(name);
}

function nameOf(account: string, key: string): string {
	return `${account} ${key}`;
}

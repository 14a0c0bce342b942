import type { Request, Response, Router } from 'express';
import type { Clock } from './clock.mts';

/** Settings that every service has; changed through `PATCH /_control/settings/:service`. */
export interface CommonSettings {
	/** Waiting time before every answer, in ms. */
	latencyMs: number;
	/** Sliding window per credential; more requests than that get the service's own 429. */
	rateLimit: { requests: number; perMs: number } | null;
	/** How a 429 tells when to come back. */
	retryAfter: 'seconds' | 'date' | 'none';
	/** `counts` keeps the summary only, so that long benchmarks don't fill the memory. */
	journal: 'full' | 'counts';
}

export const commonDefaults: CommonSettings = {
	latencyMs: 0,
	rateLimit: null,
	retryAfter: 'seconds',
	journal: 'full',
};

/** One origin of a service: its routes, and how it says no in its own words. */
export interface Door {
	router: Router;
	/** Sends the service's own error answer; headers are set already. */
	refuse(req: Request, res: Response, status: number, message: string): void;
	/** Sends the service's own "your session is over". */
	sessionOver(req: Request, res: Response): void;
	/** What the rate limit counts by. */
	credentialOf(req: Request): string;
	/** Makes every session issued so far invalid. */
	expireSessions?(): void;
}

/** Something that a person can make happen in a service, as if somebody there had done it. */
export interface Happening {
	/** For a button: `New invoice`. */
	label: string;
	/** @returns what happened, for the one who asked. @throws Error for a wish that can't be fulfilled */
	run(wish: Wish): unknown;
}

/** What it should happen to; each happening says by itself what it takes when nothing is wished. */
export interface Wish {
	id?: string;
	/** How many rows a run rejects, and the like. */
	count?: number;
}

/** A running service. */
export interface Service extends Door {
	/** Second origin for files, on the storage port under the same prefix. */
	storage?: Door;
	/** Further control routes, mounted at `/_control/<service>`. */
	control?: Router;
	/** What can be made to happen, by name: `POST /_control/<service>/happen/<name>`, and buttons at `/_control`. */
	happenings?: Readonly<Record<string, Happening>>;
	/** Data back to the seed, sessions and caches gone. Settings are reset by the framework. */
	reset(): void;
	/** Adds many records quickly. Returns how many of that type there are now. */
	seed?(type: string, count: number): number;
	/** Lets go of files and timers. */
	close?(): void;
	/** Lines for people: keys, accounts, what to try. */
	about(): string[];
}

/** What a service gets from the framework. `settings` and `urls` are live objects. */
export interface Room<S> {
	clock: Clock;
	settings: S & CommonSettings;
	urls: { url: string; storageUrl: string };
	/** Takes note of a secret that the service hands out, such as a token; gives it back. */
	issue(secret: string): string;
}

export interface ServiceModule<S extends object = object> {
	name: string;
	/** Mount points; the first is the address shown to people. */
	prefixes: string[];
	defaults: S;
	open(room: Room<S>): Service;
}

/**
 * A service is a folder with an `index.mts` that exports one of these, and a line in `services.mts`.
 * Keeps the module's settings typed inside and uniform outside.
 */
export function defineService<S extends object>(module: ServiceModule<S>): ServiceModule {
	return { ...module, open: (room) => module.open(room as Room<S>) };
}

/** The JSON body of a request; throws a SyntaxError on bad JSON, `undefined` without a body. */
export function jsonBody(req: Request): unknown {
	const raw: unknown = req.body;
	if (!Buffer.isBuffer(raw) || raw.length === 0) return undefined;
	return JSON.parse(raw.toString('utf8'));
}

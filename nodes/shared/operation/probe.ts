import type { IDataObject } from 'n8n-workflow';

import { fail, type Failure, type Reason } from '../answer/failure';
import { attemptAsync } from '../answer/result';
import type { Client } from '../service/client';

/** So many requests at most ask what an account's API is like. */
export const MOST_PROBES = 25;

/** What came of a request that asks whether something is there: what the service's judge made of the answer, or why there is none. */
export interface Probed {
	/** As people read it, such as `GET /shifts?page=2`. */
	readonly request: string;
	readonly body?: unknown;
	readonly failure?: Failure;
}

/** Answers that say something about what was asked for; all others say that the service, the key or the network is in trouble. */
const TELLING: ReadonlySet<Reason> = new Set(['not found', 'no access', 'rejected', 'unreadable answer']);

/** Asks a service what it is like: a bounded number of reads, one after the other, each sent once, none after the first 429. */
export class Prober {
	private sent = 0;
	private isThrottled = false;

	constructor(private readonly client: Client) {}

	/** How many requests were sent. */
	get count(): number {
		return this.sent;
	}

	/** Why no more is asked; nothing while it may be. */
	get over(): string | undefined {
		if (this.isThrottled) return `The service asked to slow down (HTTP 429) at request ${this.sent}, so nothing more was asked`;
		return this.sent >= MOST_PROBES ? `All ${MOST_PROBES} requests were used up` : undefined;
	}

	/**
	 * @returns nothing when no more may be asked
	 * @throws FailureError for an answer that says nothing about what was asked for, such as a refused key; at the first request also for one
	 * that is none of an API: all others would get the same
	 */
	async ask(path: string, query: IDataObject = {}): Promise<Probed | undefined> {
		if (this.over !== undefined) return undefined;
		this.sent += 1;
		const request = `GET ${path}${written(query)}`;
		const result = await attemptAsync(async () => await this.client.send({ path, query, once: true }), (text) => this.client.shown(text));
		if ('value' in result) return { request, body: result.value };
		const { failure } = result;
		if (failure.reason === 'too many requests') this.isThrottled = true;
		else if (!TELLING.has(failure.reason) || (this.sent === 1 && (failure.status ?? 0) < 400)) fail(failure);
		return { request, failure };
	}
}

function written(query: IDataObject): string {
	const pairs = Object.entries(query).map(([name, value]) => `${name}=${String(value)}`);
	return pairs.length > 0 ? `?${pairs.join('&')}` : '';
}

/** A line of what was found: what to enter where, and how that is known. */
export interface Finding {
	readonly setting: string;
	readonly value: string;
	readonly evidence: string;
}

/** In a few words, what an answer says. */
export function saidOf({ failure }: Probed): string {
	if (!failure) return 'answered';
	if (failure.reason === 'unreadable answer') return 'answered with something else than the API';
	return failure.status === undefined ? failure.message : `HTTP ${failure.status}`;
}

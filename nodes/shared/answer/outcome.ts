import type { IDataObject } from 'n8n-workflow';

import { isRecord, textOf } from '../guards';
import type { Readable } from '../stream';
import { fail, type Failure } from './failure';

/** An HTTP answer, before anybody has judged it. Header names are lower case. */
export interface HttpResponse {
	readonly status: number;
	readonly headers: IDataObject;
	/** The text of the body; of a stream, only when the status is no success. */
	readonly text: string;
	/** The character set that the body should be in, where its bytes are no text of that. */
	readonly notIn?: string;
	readonly stream?: Readable;
}

/** Whether a request that did not succeed may have had its effect all the same. */
export type Fate = 'not carried out' | 'unknown';

/** What an answer means. Each service says so in its own way: see `Service.judge`. */
export type Outcome =
	| { readonly type: 'ok'; readonly body: unknown }
	/** The session is over, or may be. Without a fate, the request was not carried out. */
	| { readonly type: 'expired'; readonly failure: Failure; readonly fate?: Fate }
	| { readonly type: 'throttled'; readonly afterMs?: number; readonly failure: Failure }
	| { readonly type: 'failed'; readonly failure: Failure; readonly transient: boolean; readonly fate: Fate };

/** What is particular about the answers of a service that otherwise keeps to HTTP and JSON. */
export interface HttpHabits {
	/** Name for messages, such as `Entu`. */
	readonly service: string;
	/** The service's own words in an error body. */
	readonly message: (body: unknown) => string | undefined;
	/** Advice for a status. */
	readonly fixes?: Readonly<Record<number, string>>;
	/** Whether a 401 means that the session is over (and not that the key is wrong). */
	readonly sessions?: boolean;
	/** The status of a failure that came with a 2xx: only its body says that it is one. */
	readonly statusIn?: (body: unknown) => number | undefined;
}

/** Judges an answer by the rules of HTTP, for services that say all in the status and speak JSON. */
export function judgeHttp(response: HttpResponse, habits: HttpHabits): Outcome {
	const { status } = response;
	if (status >= 200 && status < 300) return judgeSuccess(response, habits);
	const failure = httpFailure(response, habits);
	if (status === 401 && habits.sessions) return { type: 'expired', failure };
	if (status === 429) return { type: 'throttled', afterMs: retryAfterMs(response), failure };
	if (status === 503) return judgeUnavailable(response, failure);
	if (status >= 500) return { type: 'failed', failure, transient: true, fate: 'unknown' };
	return { type: 'failed', failure, transient: false, fate: 'not carried out' };
}

function judgeSuccess(response: HttpResponse, habits: HttpHabits): Outcome {
	if (response.stream) return { type: 'ok', body: response.stream };
	const body = parseJson(response.text);
	const status = habits.statusIn?.(body);
	if (status !== undefined && status >= 300) return judgeHttp({ ...response, status }, habits);
	if (body !== undefined) return { type: 'ok', body };
	return { type: 'failed', failure: unreadable(response, habits.service), transient: true, fate: 'unknown' };
}

/** A 503 that names a time says "come back"; without one it may also be a gateway that lost an answer on the way. */
function judgeUnavailable(response: HttpResponse, failure: Failure): Outcome {
	const afterMs = retryAfterMs(response);
	if (afterMs !== undefined) return { type: 'throttled', afterMs, failure };
	return { type: 'failed', failure, transient: true, fate: 'unknown' };
}

/** The failure that an HTTP status stands for, in the service's own words where it has some. */
export function httpFailure(response: HttpResponse, habits: HttpHabits): Failure {
	const { status } = response;
	const said = habits.message(parseJson(response.text));
	const known = STATUS[status] ?? (status >= 500 ? SERVER_ERROR : status >= 400 ? REJECTED : REDIRECT);
	const message = said ? `${habits.service} answered: ${said}` : `${habits.service} ${known.message} (HTTP ${status})`;
	return { reason: known.reason, message, fix: habits.fixes?.[status] ?? known.fix, status };
}

/** The failure for an answer that is no JSON, such as the page of a proxy or a body that was cut. */
export function unreadable(response: HttpResponse, service: string): Failure {
	const blank = response.text.trim() === '';
	const looksLike = /^\s*</.test(response.text) ? 'a web page' : 'something else';
	return {
		reason: 'unreadable answer',
		message: blank ? `${service} sent an empty answer` : `${service} sent ${looksLike} where JSON was expected`,
		fix: 'Check the base URL in the credential, and whether a proxy or a maintenance page answers in place of the service',
		status: response.status,
	};
}

/**
 * Stops the item because the service answered a read with something that the node can't work with.
 * @param expected what was expected, such as `a list was expected`
 */
export function unexpectedAnswer(service: string, expected: string, fix = 'Check the base URL in the credential; if it is right, the service may have changed'): never {
	return fail({ reason: 'unreadable answer', message: unknownForm(service, expected), fix });
}

/** The same for the answer to a write, which may have had its effect. */
export function unexpectedWriteAnswer(service: string, expected: string, fix?: string): never {
	return fail(mayBeDone({ reason: 'unreadable answer', message: unknownForm(service, expected), fix }, service));
}

function unknownForm(service: string, expected: string): string {
	return `${service} answered in a form that this node doesn't know: ${expected}`;
}

/** The failure of a write that nobody knows the fate of. */
export function mayBeDone(failure: Failure, service: string): Failure {
	return {
		...failure,
		reason: 'outcome unknown',
		message: `${failure.message}. The request may have been carried out all the same`,
		fix: `Look in ${service} whether it was, before you run this item again${failure.fix ? `. ${failure.fix}` : ''}`,
	};
}

/** The JSON value of a text, or `undefined` when it is none. */
export function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/** The first of the given members that holds a text, for error bodies. */
export function firstText(body: unknown, keys: readonly string[]): string | undefined {
	if (!isRecord(body)) return undefined;
	return keys.map((key) => textOf(body[key])).find((text) => text !== undefined);
}

/** `Retry-After` in ms, from seconds or an HTTP date; `undefined` without a usable header. */
export function retryAfterMs(response: Pick<HttpResponse, 'headers'>, now = Date.now()): number | undefined {
	const header = response.headers['retry-after'];
	if (typeof header !== 'string' || header.trim() === '') return undefined;
	const seconds = Number(header);
	if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
	const date = Date.parse(header);
	return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

interface Known {
	readonly reason: Failure['reason'];
	readonly message: string;
	readonly fix: string;
}

const REJECTED: Known = {
	reason: 'rejected',
	message: 'rejected the request',
	fix: 'Check the values of the parameters',
};
const SERVER_ERROR: Known = {
	reason: 'service down',
	message: 'could not process the request',
	fix: 'Try again later; if it stays, ask the support of the service',
};
const REDIRECT: Known = {
	reason: 'rejected',
	message: 'pointed to another address',
	fix: 'Check the base URL in the credential: it must be the address that the service itself answers at',
};
const STATUS: Readonly<Record<number, Known>> = {
	401: {
		reason: 'log-in refused',
		message: 'did not accept the credential',
		fix: 'Check the credential of this node',
	},
	403: {
		reason: 'no access',
		message: 'denied access',
		fix: 'Check the rights of the account that the credential belongs to',
	},
	404: {
		reason: 'not found',
		message: 'did not find it',
		fix: 'Check the ID, and that the credential may see it',
	},
	429: {
		reason: 'too many requests',
		message: 'receives too many requests',
		fix: "Lower the option 'Parallel Requests', or run the workflow less often",
	},
};

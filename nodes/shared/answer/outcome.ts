import type { IDataObject } from 'n8n-workflow';

import { isRecord, shortened, textOf } from '../guards';
import type { IncomingFile } from '../stream';
import { fail, type Failure, type Fate } from './failure';
import { mayBeTooDeep, readJson } from './json';
import { saysNo } from './refusal';

/** An HTTP answer, before anybody has judged it. Header names are lower case. */
export interface HttpResponse {
	readonly status: number;
	readonly headers: IDataObject;
	/** The text of the body; blank where it is a file. */
	readonly text: string;
	/** The character set that the body should be in, where its bytes are no text of that. */
	readonly notIn?: string;
	/** The body of a success, where a stream was asked for. */
	readonly file?: IncomingFile;
}

/** What an answer means. Each service says so in its own way: see `Service.judge`. */
export type Outcome =
	| { readonly type: 'ok'; readonly body: unknown }
	/** The session is over, or may be. Without a fate, the request was not carried out. */
	| { readonly type: 'expired'; readonly failure: Failure; readonly fate?: Fate }
	/** It asks to come back. Only the service itself can say so in place of carrying the request out. */
	| { readonly type: 'throttled'; readonly afterMs?: number; readonly failure: Failure; readonly fate: Fate }
	| { readonly type: 'failed'; readonly failure: Failure; readonly transient: boolean; readonly fate: Fate };

/** What is particular about the answers of a service that otherwise keeps to HTTP and JSON. */
export interface HttpHabits {
	/** Name for messages, such as `Entu`. */
	readonly service: string;
	/** The service's own words in an error body. */
	readonly message: (body: unknown) => string | undefined;
	/** Advice for a status. */
	readonly fixes?: Readonly<Record<number, string>>;
	/**
	 * Whether a 429 is the service's own word, which it says in place of carrying the request out. One of a gateway proves no more than a 503:
	 * it may come in place of an answer that got lost after the effect. Each service says here by what it is known.
	 */
	readonly isOwnLimit: (response: HttpResponse) => boolean;
	/** Whether a 401 means that the session is over (and not that the key is wrong). */
	readonly sessions?: boolean;
	/** Whether answers with a 2xx that say no (`saysNo`) are failures: always, or as long as the user does not say that they are data. */
	readonly refusals?: 'always' | 'optional' | 'never';
	/** The status of a failure that came with a 2xx: only its body says that it is one. */
	readonly statusIn?: (body: unknown) => number | undefined;
}

/** The status by which a proxy asks for a log-in of its own; no service is asked then. */
export const PROXY_REFUSES = 407;

/** 4xx about time, which say nothing about the request: gateways also send them when an answer is late. */
export const PASSING_STATUSES: ReadonlySet<number> = new Set([408, 425, 499]);

/**
 * Judges an answer by the rules of HTTP, for services that say all in the status and speak JSON. What proves that a request was not carried
 * out is a refusal (4xx) and the service's own 429. A 503 does not, with `Retry-After` or without: gateways send one when the answer got
 * lost after the effect. Nor does a redirect, the usual answer of a web form that has stored something.
 */
export function judgeHttp(response: HttpResponse, habits: HttpHabits): Outcome {
	const { status } = response;
	if (status >= 200 && status < 300) return judgeSuccess(response, habits);
	const failure = httpFailure(response, habits);
	if (status === 401 && habits.sessions) return { type: 'expired', failure };
	const afterMs = retryAfterMs(response);
	if (status === 429) return { type: 'throttled', afterMs, failure, fate: habits.isOwnLimit(response) ? 'not carried out' : 'unknown' };
	if (status === 503 && afterMs !== undefined) return { type: 'throttled', afterMs, failure, fate: 'unknown' };
	if (status >= 500) return { type: 'failed', failure, transient: true, fate: 'unknown' };
	const isPassing = PASSING_STATUSES.has(status);
	return { type: 'failed', failure, transient: isPassing, fate: status >= 400 && !isPassing ? 'not carried out' : 'unknown' };
}

function judgeSuccess(response: HttpResponse, habits: HttpHabits): Outcome {
	if (response.file) return { type: 'ok', body: response.file };
	const body = parseJson(response.text);
	const status = habits.statusIn?.(body);
	if (status !== undefined && status >= 300) return judgeHttp({ ...response, status }, habits);
	const { refusals = 'never' } = habits;
	if (refusals !== 'never' && saysNo(body)) return refused(response, habits.service, habits.message(body), refusals === 'optional');
	if (body !== undefined) return { type: 'ok', body };
	return { type: 'failed', failure: unreadable(response, habits.service), transient: true, fate: 'unknown' };
}

/** The failure that an HTTP status stands for, in the service's own words where it has some. */
export function httpFailure(response: HttpResponse, habits: HttpHabits): Failure {
	const { status } = response;
	const body = parseJson(response.text);
	const said = habits.message(body) ?? wordsIn(body);
	const known = STATUS[status] ?? (status >= 500 ? SERVER_ERROR : status >= 400 ? REJECTED : REDIRECT);
	const message = said ? `${habits.service} answered: ${said}` : `${habits.service} ${known.message} (HTTP ${status})`;
	return { reason: known.reason, message, fix: habits.fixes?.[status] ?? known.fix, status };
}

const LONGEST_REFUSAL = 500;

/** What is said in JSON of no form that is known, such as that of a gateway. */
export function wordsIn(body: unknown): string | undefined {
	return firstText(body, ['message', 'error', 'errorMessage', 'detail']);
}

/**
 * What it means that an answer with a status of success says no. What became of a change then is not documented for any service.
 * @param said the service's own words, where they were found
 * @param isOptional whether the user can say that such answers are data
 */
export function refused({ status, text }: HttpResponse, service: string, said: string | undefined, isOptional: boolean): Outcome {
	const words = said ?? wordsIn(parseJson(text)) ?? text.trim();
	const failure: Failure = {
		reason: 'rejected',
		message: `${service} answered: ${shortened(words, LONGEST_REFUSAL)}`,
		fix: `Check the values of this item${isOptional ? ". If it is no refusal and your own data look like this, turn on the option 'Status Decides'" : ''}`,
		status,
	};
	return { type: 'failed', failure, transient: false, fate: 'unknown' };
}

/** The failure for an answer that is no JSON, such as the page of a proxy or a body that was cut. */
export function unreadable(response: HttpResponse, service: string): Failure {
	const blank = response.text.trim() === '';
	const looksLike = isPage(response) ? 'a web page' : 'something else';
	const what = mayBeTooDeep(response.text) ? 'JSON that is nested too deeply to be read' : `${looksLike} where JSON was expected`;
	return {
		reason: 'unreadable answer',
		message: blank ? `${service} sent an empty answer` : `${service} sent ${what}`,
		fix: 'Check the base URL in the credential, and whether a proxy or a maintenance page answers in place of the service',
		status: response.status,
	};
}

/**
 * Stops the item because the service answered with something that the node can't work with.
 * @param expected what was expected, such as `a list was expected`
 */
export function unexpectedAnswer(service: string, expected: string, fix = 'Check the base URL in the credential; if it is right, the service may have changed'): never {
	return fail({ reason: 'unreadable answer', message: `${service} answered in a form that this node doesn't know: ${expected}`, fix });
}

/**
 * The records of a list in an answer.
 * @param what what the list is of
 * @throws FailureError `unreadable answer` where it is no list, or something in it is no record: left out, nobody would miss it
 */
export function listFrom(service: string, value: unknown, what = 'records'): IDataObject[] {
	if (!Array.isArray(value)) return unexpectedAnswer(service, `a list of ${what} was expected`);
	const odd = value.findIndex((entry) => !isRecord(entry));
	return odd < 0 ? (value as IDataObject[]) : unexpectedAnswer(service, `a list of ${what} was expected, and number ${odd + 1} in it is none`);
}

/** The failure of a change that nobody knows the fate of. */
export function mayBeDone(failure: Failure, service: string): Failure {
	return {
		...failure,
		reason: 'outcome unknown',
		message: `${failure.message}. The request may have been carried out all the same`,
		fix: `Look in ${service} whether it was, before you run this item again${failure.fix ? `. ${failure.fix}` : ''}`,
		fate: 'unknown',
	};
}

/** The failure of an item of whose changes the first ones are made. */
export function doneInPart(failure: Failure, service: string): Failure {
	return {
		...failure,
		message: `${failure.message}. What this item had asked for before that has been carried out`,
		fix: failure.fate ? failure.fix : `Look in ${service} what of it is done, before you run this item again${failure.fix ? `. ${failure.fix}` : ''}`,
		fate: failure.fate ?? 'carried out in part',
	};
}

/** Whether a text is the page of a gateway or a proxy, and no answer of a service that speaks JSON. */
export function isPage({ text }: Pick<HttpResponse, 'text'>): boolean {
	return /^\s*</.test(text);
}

/** The JSON value of a text, whole numbers that JavaScript can't hold as texts; `undefined` when it is none, or none that n8n can keep. */
export function parseJson(text: string): unknown {
	try {
		return readJson(text);
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
const LATE: Known = { reason: 'unreachable', message: 'or a gateway before it ran out of time', fix: 'Try again later' };
const STATUS: Readonly<Record<number, Known>> = {
	408: LATE,
	425: LATE,
	499: LATE,
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
	[PROXY_REFUSES]: {
		reason: 'unreachable',
		message: 'was not asked: the proxy between this n8n and the service wants a log-in',
		fix: "Name user and password of the proxy where n8n is told of it, as in HTTPS_PROXY=http://user:password@host:port (HTTP_PROXY likewise), or let the service's host past it with NO_PROXY; then start n8n anew",
	},
	429: {
		reason: 'too many requests',
		message: 'receives too many requests',
		fix: "Lower the option 'Parallel Requests', or run the workflow less often",
	},
};

import type { IHttpRequestOptions } from 'n8n-workflow';

import { decode } from '../answer/charset';
import { networkFailure, textsOf, type NetworkFault } from '../answer/network';
import { httpFailure, judgeHttp, PASSING_STATUSES, PROXY_REFUSES, type HttpResponse, type Outcome } from '../answer/outcome';
import { isRecord } from '../guards';
import { NO_REDIRECTS } from './redirects';

/** Sends a request of a credential's log-in. */
export type Send = (request: IHttpRequestOptions) => Promise<unknown>;

/** Why nobody is logged in. What the log-in was for has not left. */
export type NotLoggedIn = Extract<Outcome, { type: 'failed' | 'throttled' }>;

/** How long a log-in may take to be answered, in ms. */
export const LOG_IN_TIMEOUT_MS = 60_000;
/** What ends one that comes byte by byte, where the node has no time of its own to end it, in ms. */
const LONGEST_LOG_IN_MS = 300_000;

/**
 * What the texts of log-ins that could not be carried out stand for. n8n wraps an error of `preAuthentication` into one of its own, and
 * some releases (1.123 to 2.33) leave nothing of it but the text. Each service has a handful of them.
 */
const meanings = new Map<string, NotLoggedIn>();

/** An error that n8n shows to the user, and of which `notLoggedIn` knows later what it means. What the log-in was for has not left. */
function meaningful(text: string, meaning: NotLoggedIn, cause?: unknown): Error {
	meanings.set(text, { ...meaning, fate: 'not carried out' });
	return new Error(text, { cause });
}

/** Neither yes nor no: another attempt may bring an answer. */
function unanswered(what: string, response: HttpResponse): Error {
	return meaningful(`${what}. ${TRY_LATER}`, meaningOfAnswer(what, response));
}

function meaningOfAnswer(what: string, response: HttpResponse): NotLoggedIn {
	const { status } = response;
	const said = { message: what, fix: TRY_LATER, status };
	const unreadable = { type: 'failed', failure: { reason: 'unreadable answer', ...said }, transient: true, fate: 'not carried out' } as const;
	if (status !== 429 && status < 500) return unreadable;
	const outcome = judgeHttp({ ...response, text: '' }, { service: '', message: () => undefined, isOwnLimit: () => true });
	return outcome.type === 'failed' || outcome.type === 'throttled' ? { ...outcome, failure: { ...outcome.failure, ...said } } : unreadable;
}

/**
 * Ends a log-in with an answer that the service would not give to the credential, right or wrong: what comes from a gateway in trouble,
 * or broken on the way, says nothing about it, and the log-in is tried again. Only a refusal (4xx) stands.
 * @throws Error whose text is shown to the user
 */
export function unclear(what: string, response: HttpResponse): never {
	const { status } = response;
	throw status >= 400 && !PASSING_STATUSES.has(status) ? new Error(what) : unanswered(what, response);
}

/**
 * Sends a request of a credential's log-in so that what comes back is a value.
 * @param service as the user knows it
 * @param field of the credential that holds the address
 * @throws Error whose text is shown to the user: for a fault of the network, and for a service that answers 429 or 5xx or is behind a proxy that wants a log-in. `notLoggedIn` knows what it means
 */
export async function askForSession(
	send: Send,
	service: string,
	request: Pick<IHttpRequestOptions, 'method' | 'url' | 'qs' | 'body' | 'headers'>,
	field = 'base URL',
): Promise<HttpResponse> {
	const full: IHttpRequestOptions = {
		...request,
		headers: { Accept: 'application/json', ...request.headers },
		encoding: 'arraybuffer',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		...NO_REDIRECTS,
		timeout: LOG_IN_TIMEOUT_MS,
		abortSignal: AbortSignal.timeout(LONGEST_LOG_IN_MS),
	};
	const answer = await told(service, field, async () => await send(full));
	const { statusCode, body, headers } = isRecord(answer) ? answer : {};
	const head = { status: Number(statusCode), headers: isRecord(headers) ? { ...headers } : {} };
	const response = { ...head, ...(Buffer.isBuffer(body) ? decode(body, head.headers['content-type']) : { text: String(body ?? '') }) };
	assertAsked(service, response.status);
	if (response.status === 429 || response.status >= 500) throw unanswered(`${service} can’t log in anybody at the moment (HTTP ${response.status})`, response);
	return response;
}

/**
 * Ends a log-in, or the test of a credential, that a proxy has not let through: no service has seen the credential.
 * @throws Error whose text is shown to the user
 */
export function assertAsked(service: string, status: unknown): void {
	if (status !== PROXY_REFUSES) return;
	const failure = httpFailure({ status, headers: {}, text: '' }, { service, message: () => undefined, isOwnLimit: () => false });
	throw meaningful([failure.message, failure.fix].join('. '), { type: 'failed', failure, transient: false, fate: 'not carried out' });
}

/**
 * Sends a request for which nobody but the credential can say what went wrong with it.
 * @param field of the credential that holds the address, such as `base URL`
 * @throws Error whose text is shown to the user; its cause is the fault of the network
 */
export async function told<T>(service: string, field: string, send: () => Promise<T>): Promise<T> {
	return await send().catch((error: unknown) => {
		throw tellable(error, service, field);
	});
}

function tellable(error: unknown, service: string, field: string): unknown {
	const outcome = networkFailure({ error, stopped: false }, service, field);
	const { failure, fate } = outcome;
	if (failure.reason === 'unexpected') return error;
	const fix = fate === 'unknown' ? `Try again later; if it stays, check the ${field} in the credential, and that this n8n may reach that host` : failure.fix;
	return meaningful(`${failure.message}. ${fix}`, outcome, error);
}

/** What it means that a log-in threw: the service could not be asked, or it said no. */
export function notLoggedIn(fault: NetworkFault, service: string): NotLoggedIn {
	const known = fault.stopped ? undefined : meaningOf(fault.error);
	if (known) return known;
	const outcome = networkFailure(fault, service);
	const { failure } = outcome;
	if (failure.reason === 'unexpected') {
		return { type: 'failed', failure: { reason: 'log-in refused', message: failure.message, fix: CORRECT }, transient: false, fate: 'not carried out' };
	}
	return { ...outcome, fate: 'not carried out' };
}

function meaningOf(error: unknown): NotLoggedIn | undefined {
	return textsOf(error).map((text) => meanings.get(text)).find((meaning) => meaning !== undefined);
}

const CORRECT = 'Correct the credential of this node and test it';
const TRY_LATER = 'Try again later; if it stays, check the address in the credential';

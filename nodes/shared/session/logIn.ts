import type { IHttpRequestOptions } from 'n8n-workflow';

import { causes, networkFailure, type NetworkFault } from '../answer/network';
import { judgeHttp, type HttpResponse, type Outcome } from '../answer/outcome';
import { isRecord } from '../guards';
import { NO_REDIRECTS } from '../redirects';

/** Sends a request of a credential's log-in. */
export type Send = (request: IHttpRequestOptions) => Promise<unknown>;

/** Why nobody is logged in. What the log-in was for has not left. */
export type NotLoggedIn = Extract<Outcome, { type: 'failed' | 'throttled' }>;

const TIMEOUT_MS = 60_000;

/** Neither yes nor no: the service can't log anybody in at the moment. n8n wraps it into errors of its own. */
class LogInUnanswered extends Error {
	constructor(
		readonly what: string,
		readonly unanswered: HttpResponse,
	) {
		super(`${what}. ${TRY_LATER}`);
	}
}

/**
 * Sends a request of a credential's log-in so that what comes back is a value.
 * @param service as the user knows it
 * @param field of the credential that holds the address
 * @throws Error whose text is shown to the user: for a fault of the network, and for a service that answers 429 or 5xx. `notLoggedIn` knows both
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
		encoding: 'text',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		...NO_REDIRECTS,
		timeout: TIMEOUT_MS,
	};
	const answer = await told(service, field, async () => await send(full));
	const { statusCode, body, headers } = isRecord(answer) ? answer : {};
	const response = { status: Number(statusCode), headers: isRecord(headers) ? { ...headers } : {}, text: String(body ?? '') };
	if (response.status === 429 || response.status >= 500) throw new LogInUnanswered(`${service} can’t log in anybody at the moment (HTTP ${response.status})`, { ...response, text: '' });
	return response;
}

/**
 * Sends a request for which nobody but the credential can say what went wrong with it.
 * @param field of the credential that holds the address, such as `base URL`
 * @throws Error whose text is shown to the user; its cause is the fault of the network
 */
export async function told<T>(service: string, field: string, send: () => Promise<T>): Promise<T> {
	return await send().catch((error: unknown) => {
		throw tellable(error, service, `the ${field} in the credential, and that this n8n may reach that host`);
	});
}

function tellable(error: unknown, service: string, suspects: string): unknown {
	const { failure, fate } = networkFailure({ error, stopped: false }, service);
	if (failure.reason !== 'unreachable') return error;
	const fix = fate === 'unknown' ? `Try again later; if it stays, check ${suspects}` : `Check ${suspects}`;
	return new Error(`${failure.message}. ${fix}`, { cause: error });
}

/** What it means that a log-in threw: the service could not be asked, or it said no. */
export function notLoggedIn(fault: NetworkFault, service: string): NotLoggedIn {
	const outcome = unanswered(fault.error, service) ?? networkFailure(fault, service);
	const { failure } = outcome;
	if (failure.reason === 'unexpected') {
		return { type: 'failed', failure: { reason: 'log-in refused', message: failure.message, fix: CORRECT }, transient: false, fate: 'not carried out' };
	}
	return outcome.type === 'failed' ? { ...outcome, fate: 'not carried out' } : outcome;
}

function unanswered(error: unknown, service: string): NotLoggedIn | undefined {
	const found = causes(error).find((cause) => cause instanceof LogInUnanswered);
	if (!found) return undefined;
	const outcome = judgeHttp(found.unanswered, { service, message: () => undefined });
	if (outcome.type !== 'failed' && outcome.type !== 'throttled') return undefined;
	return { ...outcome, failure: { ...outcome.failure, message: found.what, fix: TRY_LATER } };
}

const CORRECT = 'Correct the credential of this node and test it';
const TRY_LATER = 'Try again later; if it stays, check the address in the credential';

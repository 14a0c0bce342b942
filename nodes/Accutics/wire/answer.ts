import type { IDataObject } from 'n8n-workflow';

import type { Failure } from '../../shared/answer/failure';
import { judgeHttp, parseJson, type HttpHabits, type HttpResponse, type Outcome } from '../../shared/answer/outcome';
import { isRecord, shortened, textOf } from '../../shared/guards';
import type { Client } from '../../shared/service/client';
import type { Request } from '../../shared/service/request';

/** A success of the service. Its body is `{ data, meta }` (accutics.md §2.4), or nothing. */
export interface Answer {
	readonly status: number;
	readonly headers: IDataObject;
	readonly body: unknown;
}

/** Sends a request below the base URL. @throws FailureError */
export async function send(client: Client, request: Request): Promise<Answer> {
	// What `judge` makes of every success.
	return (await client.send(request)) as Answer;
}

const HABITS: HttpHabits = {
	service: 'Accutics',
	message: (body) => errorIn(body)?.message,
	// No limit is documented (accutics.md §2.7): only an error in its own form can be its own.
	isOwnLimit: ({ text }) => errorIn(parseJson(text)) !== undefined,
	fixes: {
		400: 'Check the values of this item',
		401: 'Check the token in the credential. Accutics support tells how to get a new one for your API user',
		404: 'Check path and ID',
		409: 'Look at the entity in Accutics: it may be there already or have been changed',
		422: 'Correct the values that Accutics names',
	},
};

/** Advice by status and code, never by the message, which changes between versions (accutics.md §2.6). */
const FIXES: Readonly<Record<string, Pick<Failure, 'reason' | 'fix'>>> = {
	'400 invalid_route': {
		reason: 'not found',
		fix: 'No endpoint has this path and method. Check both against your API documentation; the path is what follows the base URL of the credential',
	},
	'401 authorization_header_missing': {
		reason: 'log-in refused',
		fix: 'The token did not arrive. Check that the base URL is the address of the API itself, and that no proxy in between takes the Authorization header off',
	},
	'403 authorization': {
		reason: 'no access',
		fix: 'The API user lacks a role here. Add the user to the project or account in Accutics, with a role that permits this',
	},
};

/** What an answer means: HTTP status and `error.code` together tell (accutics.md §2.6). */
export function judge(response: HttpResponse, { method, statusDecides }: Pick<Request, 'method' | 'statusDecides'>): Outcome {
	const { status, headers, text } = response;
	if (text.trim() === '' && mayBeEmpty(status, method)) return { type: 'ok', body: { status, headers, body: undefined } };
	const outcome = judgeHttp(response, { ...HABITS, refusals: statusDecides ? 'never' : 'optional' });
	if (outcome.type !== 'ok') return { ...outcome, failure: { ...outcome.failure, ...told(response) } };
	return { type: 'ok', body: { status, headers, body: outcome.body } };
}

/** All other successes are documented to have a body, so that one without it tells nothing (accutics.md §2.4, §5.2). */
function mayBeEmpty(status: number, method: Request['method'] = 'GET'): boolean {
	return (status === 204 && method !== 'GET') || (method === 'DELETE' && status >= 200 && status < 300);
}

interface ServiceError {
	readonly code: string;
	readonly message: string;
	readonly data: unknown;
	readonly endpoint: string | undefined;
}

function errorIn(body: unknown): ServiceError | undefined {
	if (!isRecord(body) || !isRecord(body.error)) return undefined;
	const { code, message, data } = body.error;
	const endpoint = isRecord(body.meta) ? textOf(body.meta.endpoint) : undefined;
	return { code: textOf(code) ?? 'without code', message: textOf(message) ?? 'no reason given', data, endpoint };
}

/** Of the facts of a refusal, in characters. */
const LONGEST = 500;

/** Everything the service says about why it did not do what was asked. */
function told({ status, text }: HttpResponse): Partial<Failure> {
	const error = errorIn(parseJson(text));
	if (!error) return {};
	const { code, message, data, endpoint } = error;
	const known = FIXES[`${status} ${code}`];
	const fix = known?.fix ?? HABITS.fixes?.[status];
	const facts = isRecord(data) && Object.keys(data).length > 0 ? `Accutics names: ${shortened(JSON.stringify(data), LONGEST)}` : undefined;
	return {
		...known,
		message: `Accutics answered: ${message} (${[`HTTP ${status}`, code, endpoint].filter(Boolean).join(', ')})`,
		...(fix || facts ? { fix: [fix, facts].filter(Boolean).join('. ') } : {}),
		details: { code, message, ...(data === undefined ? {} : { data }), ...(endpoint ? { endpoint } : {}) },
	};
}

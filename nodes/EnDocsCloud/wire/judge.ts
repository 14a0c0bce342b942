import type { IDataObject } from 'n8n-workflow';

import type { Failure } from '../../shared/answer/failure';
import { isPage, judgeHttp, parseJson, refused, unreadable, type HttpHabits, type HttpResponse, type Outcome } from '../../shared/answer/outcome';
import { saysNo } from '../../shared/answer/refusal';
import { isRecord, shortened, textOf } from '../../shared/guards';
import type { Request } from '../../shared/service/request';

const SERVICE = 'EnDocs Cloud';
const LONGEST_TEXT = 500;

/** What the two documented codes mean (vendors/endocs.md §2.3). Others are shown as they came: their meaning is not public. */
const TOKEN_CODES: Readonly<Record<string, string>> = {
	'#err-30': 'received no token with the request',
	'#err-40': 'knows no client with this token',
};
const CHECK_TOKEN =
	"Copy the token again in EnDocs Cloud's settings, section 1C, with the button «Копировать токен», and check 'Send Token As' in the credential";

/**
 * What an answer means. Every 2xx is a success, with or without a body, unless it holds an `error` (vendors/endocs.md A4 to A6).
 * The body of a success is the JSON value, else the text, else `undefined`.
 */
export function judge(response: HttpResponse, request: Pick<Request, 'statusDecides' | 'method'>): Outcome {
	const refusal = refusalOfToken(response);
	if (refusal) return { type: 'failed', failure: refusal, transient: false, fate: 'not carried out' };
	return response.status >= 200 && response.status < 300 ? judgeSuccess(response, request) : judgeHttp(response, habitsOf(response));
}

/** A text in which JSON or a page stands: something in front of it, such as a warning, or a part of it that was cut off. */
const BROKEN = /<[!/\w]|[{[]\s*["{[]|^[{["]/;

function judgeSuccess(response: HttpResponse, { statusDecides = false, method = 'GET' }: Pick<Request, 'statusDecides' | 'method'>): Outcome {
	const text = response.text.trim();
	if (text === '') return { type: 'ok', body: undefined };
	const body = parseJson(text);
	const isOwnForm = isRecord(body) && isFilled(body.error);
	if (!statusDecides && (isOwnForm || saysNo(body))) return refused(response, SERVICE, words(text), !isOwnForm);
	if (body !== undefined) return { type: 'ok', body };
	// Reads are answered with JSON (vendors/endocs.md §3.1 to §3.4); a text to a change is the answer itself, such as `Success`.
	const isText = method !== 'GET' && !BROKEN.test(text);
	return isText ? { type: 'ok', body: text } : { type: 'failed', failure: unreadable(response, SERVICE), transient: true, fate: 'unknown' };
}

function refusalOfToken({ status, text }: HttpResponse): Failure | undefined {
	const said = words(text) ?? '';
	const isSuccess = status >= 200 && status < 300;
	const code = Object.keys(TOKEN_CODES).find((known) => said.includes(known));
	if (!code || (isSuccess && !isComplaint(text))) return undefined;
	return { reason: 'log-in refused', message: `${SERVICE} ${TOKEN_CODES[code]} (${code})`, fix: CHECK_TOKEN, status };
}

/** Whether the text of a 2xx speaks of a failure: a document may well hold such a code in one of its fields. */
function isComplaint(text: string): boolean {
	const body = parseJson(text);
	return body === undefined || typeof body === 'string' || (isRecord(body) && isFilled(body.error));
}

function habitsOf(response: HttpResponse): HttpHabits {
	return {
		service: SERVICE,
		message: () => words(response.text),
		// The service itself answers 429 above 300 requests a minute, in a text not given (vendors/endocs.md §2.1): only a page is none of its own.
		isOwnLimit: (limit) => !isPage(limit),
		fixes: {
			400: "Check the values of this item; if all items are answered like this, check 'Send Token As' in the credential",
			401: CHECK_TOKEN,
			403: `${CHECK_TOKEN}. If they are right, check the rights of the account`,
			404: 'Check the base URL in the credential; for a request of your own, check its path too',
			405: 'EnDocs Cloud knows GET for reading and POST for everything else: check the path',
			429: 'EnDocs Cloud takes 300 requests a minute for a token, and a tariff has limits of its own: run the workflow less often, or ask EnDocs Cloud about your tariff',
		},
	};
}

/** The service's own words in a body, whichever of its forms it has (vendors/endocs.md A5); nothing for a web page. */
export function words(text: string): string | undefined {
	const trimmed = text.trim();
	if (trimmed === '' || trimmed.startsWith('<')) return undefined;
	const body = parseJson(trimmed);
	const said = wordsIn(body === undefined ? trimmed : body);
	return said && shortened(said, LONGEST_TEXT);
}

function wordsIn(body: unknown): string | undefined {
	if (!isRecord(body)) return typeof body === 'string' ? body.trim() : compact(body);
	const { error } = body;
	const inside = isRecord(error) ? textOf(error.message) : textOf(error);
	return inside ?? textOf(body.message) ?? titleWithErrors(body) ?? compact(isFilled(error) ? error : body);
}

/** The form that many web frameworks give to what they refuse themselves. */
function titleWithErrors({ title, errors }: IDataObject): string | undefined {
	if (!textOf(title)) return undefined;
	const found = isRecord(errors) || Array.isArray(errors) ? Object.values(errors).flat() : [];
	const details = found.map((entry) => textOf(entry) ?? compact(entry)).filter(Boolean);
	return [title, ...details].join('; ');
}

/** JSON of any other shape, as it came. */
function compact(value: unknown): string | undefined {
	const text = JSON.stringify(value);
	return ['{}', '[]', 'null', undefined].includes(text) ? undefined : text;
}

function isFilled(value: unknown): boolean {
	if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0;
	return Boolean(value);
}

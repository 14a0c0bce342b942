import type { Failure } from '../shared/answer/failure';
import { firstText, httpFailure, judgeHttp, parseJson, type HttpHabits, type HttpResponse, type Outcome } from '../shared/answer/outcome';
import { isRecord, shortened } from '../shared/guards';
import type { Vendor } from '../shared/operation/operation';
import type { Request } from '../shared/service/request';
import type { Connection } from '../shared/service/service';
import { inSlices } from '../shared/slices';
import { apiUrlOf, restHostOf, restTokenOwner, tokenOwner } from './logIn/account';
import { company } from './resources/company';
import { connection } from './resources/connection';
import { dataSource } from './resources/dataSource';
import { integration } from './resources/integration';
import { output } from './resources/output';
import { run } from './resources/run';
import { token } from './resources/token';
import { faultOf, readXml, type XmlElement } from './rows/xml';
import { CHECK_ADDRESS, HTML, REST_API, SERVICE, WEB_SERVICE, XML } from './wire/names';

/** The classic web service: a token in the query, good for one company (smartconnect.md §2). */
const webService: Connection = {
	authentication: WEB_SERVICE,
	credentialType: 'smartConnectApi',
	baseUrl: apiUrlOf,
	secrets: ['email', 'password', 'sessionToken'],
	chosen: ['email', 'password'],
	session: {
		tokenField: 'sessionToken',
		ownerField: 'sessionFor',
		ownerOf: tokenOwner,
		probe: () => ({ method: 'POST', path: '/validate', effect: 'read' }),
		// How the service answers to a token that is over is not documented: `validate` is what tells (smartconnect.md §5.2).
		confirms: (valid) => valid === true,
	},
};

/** The newer REST API: OAuth2 with a password grant (smartconnect.md §4). */
const restApi: Connection = {
	authentication: REST_API,
	credentialType: 'smartConnectRestApi',
	baseUrl: restHostOf,
	secrets: ['username', 'password', 'clientId', 'clientSecret', 'sessionToken', 'refreshToken'],
	chosen: ['username', 'password'],
	session: {
		tokenField: 'sessionToken',
		ownerField: 'sessionFor',
		ownerOf: restTokenOwner,
		expiryField: 'sessionUntil',
		// No call without effect is documented; any request makes n8n log in, and nobody looks at the answer of this one.
		probe: () => ({ method: 'HEAD', path: '/' }),
	},
};

/** SmartConnect.com, an integration platform (smartconnect.md). */
export const smartConnect: Vendor = {
	name: SERVICE,
	connections: [webService, restApi],
	// No limit is documented (smartconnect.md §2.3); this is as much as a polite client asks for.
	limits: { inFlight: 20 },
	judge,
	resources: [integration, run, output, connection, dataSource, company, token],
};

/** The operations that the REST API doesn't have. */
export const webServiceOnly: string[] = smartConnect.resources
	.flatMap(({ operations }) => operations)
	.flatMap(({ value, authentications }) => (authentications?.includes(REST_API) ?? true ? [] : [value]));

function judge(response: HttpResponse, request: Request, signal: AbortSignal | undefined): Outcome | Promise<Outcome> {
	const { status } = response;
	const habits: HttpHabits = {
		service: SERVICE,
		message: () => saidIn(response),
		// No limit is documented (smartconnect.md §2.3): only an error in a form of its own can be its own.
		isOwnLimit: ({ text }) => parseJson(text) !== undefined && saidIn(response) !== undefined,
		sessions: true,
		fixes: FIXES,
	};
	if (status === 403) return { type: 'expired', failure: httpFailure(response, habits) };
	if (status < 200 || status >= 300) return judgeHttp(response, habits);
	if (isBlank(response)) return { type: 'expired', failure: unusable(response, 'sent an empty answer'), fate: 'unknown' };
	if (response.file) return judgeFile(response, request);
	const said = saidInstead(response, request);
	if (said !== undefined) return { type: 'expired', failure: unusable(response, `sent a message where data was expected: ${said}`), fate: 'unknown' };
	return request.headers?.Accept === XML ? judgeXml(response, signal) : judgeJson(response);
}

/** An empty answer is what a wrong address, a token that is over and an integration of somebody else have in common (smartconnect.md §2.4). */
function isBlank({ text, file }: HttpResponse): boolean {
	return file ? file.length === 0 : text.trim() === '';
}

/** A saying where data was expected: how the service tells that a token is over is not documented (smartconnect.md §2.4). */
function saidInstead(response: HttpResponse, { session }: Request): string | undefined {
	const body = session === false ? undefined : parseJson(response.text);
	const isSaying = typeof body === 'string' || (isRecord(body) && Object.keys(body).every((key) => key.toLowerCase() === 'message'));
	return isSaying ? saidIn(response) : undefined;
}

function judgeJson(response: HttpResponse): Outcome {
	const body = parseJson(response.text);
	if (body !== undefined) return { type: 'ok', body };
	const what = /^\s*</.test(response.text) ? 'a web page' : 'something unreadable';
	return { type: 'failed', failure: unusable(response, `sent ${what} where data was expected`), transient: true, fate: 'unknown' };
}

/** A web page in place of a file that is none. */
function judgeFile(response: HttpResponse, { headers }: Request): Outcome {
	const isPage = String(response.headers['content-type']).startsWith(HTML) && headers?.Accept !== HTML;
	if (!isPage) return { type: 'ok', body: response.file };
	return { type: 'failed', failure: unusable(response, 'sent a web page where a file was expected'), transient: true, fate: 'unknown' };
}

async function judgeXml(response: HttpResponse, signal: AbortSignal | undefined): Promise<Outcome> {
	try {
		const body = await inSlices(readXml(response.text), signal);
		// The page of a gateway may well be XML.
		if (/^html$/i.test(body.name)) return { type: 'failed', failure: unusable(response, 'sent a web page where data was expected'), transient: true, fate: 'unknown' };
		if (/^error$/i.test(body.name)) return { type: 'failed', failure: unusable(response, `sent a message where data was expected: ${wordsOf(body)}`), transient: true, fate: 'unknown' };
		return { type: 'ok', body };
	} catch (error) {
		return { type: 'failed', failure: unusable(response, `sent data that can't be read: ${faultOf(error)}`), transient: true, fate: 'unknown' };
	}
}

/** What a storage or a gateway says in XML: `<Error><Code>SlowDown</Code><Message>…</Message></Error>`. */
function wordsOf({ text, children }: XmlElement): string {
	const said = ['message', 'code'].map((name) => children.find((child) => child.name.toLowerCase() === name)?.text.trim());
	return said.find(Boolean) ?? text.trim();
}

function unusable({ status }: HttpResponse, what: string): Failure {
	return { reason: 'unreadable answer', message: `${SERVICE} ${what}`, fix: CHECK_ADDRESS, status };
}

const FIXES: Readonly<Record<number, string>> = {
	400: 'Check the values of this item',
	401: 'Check e-mail, password and Customer ID in the credential, and that the user has the security option "Active"',
	403: 'Check that the user of the credential may use this integration in this company',
	404: 'Check the ID, and that it belongs to the company of the credential',
	405: CHECK_ADDRESS,
};
const LONGEST_SAYING = 500;

/** What the service says in an answer that is no success; the form of such answers is not documented. */
function saidIn({ text }: HttpResponse): string | undefined {
	const body = parseJson(text);
	const said = typeof body === 'string' ? body : firstText(body, ['Message', 'message', 'error_description', 'error']);
	const plain = body === undefined && !text.trimStart().startsWith('<') ? text.trim() : '';
	return shortened(said ?? plain, LONGEST_SAYING) || undefined;
}

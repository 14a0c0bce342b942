import { normalizeBaseUrl } from '../shared/addresses';
import { isPage, judgeHttp, type HttpHabits, type HttpResponse, type Outcome } from '../shared/answer/outcome';
import type { Vendor } from '../shared/operation/operation';
import type { Request } from '../shared/service/request';
import { account } from './resources/account';
import { employee } from './resources/employee';
import { record } from './resources/record';
import { request } from './resources/request';
import { shift } from './resources/shift';
import { unusable } from './wire/address';
import { messageIn } from './wire/messages';

const CHECK_KEY = 'Check the API key in the credential: Ento Support issues it, and switches the API on for the account';

/** Ento, workforce rostering (vendors/ento.md). */
export const ento: Vendor = {
	name: 'Ento',
	connections: [{ credentialType: 'entoApi', baseUrl: ({ baseUrl }) => normalizeBaseUrl(baseUrl), secrets: ['apiKey'], check: unusable }],
	// There is a limit, but its number isn't public (vendors/ento.md §2): this is as much as a polite client asks for.
	limits: { inFlight: 5 },
	arrayFormat: 'repeat',
	refusesInBody: true,
	judge,
	resources: [employee, shift, record, account, request],
};

function judge(response: HttpResponse, { statusDecides }: Request): Outcome {
	const { status } = response;
	if (status === 204 || status === 205) return { type: 'ok', body: undefined };
	const outcome = judgeHttp(response, { ...habitsFor(response), refusals: statusDecides ? 'never' : 'optional' });
	// A gateway in front of the API may say 403 to a wrong key (vendors/ento.md §2, "Error codes").
	if (status !== 403 || outcome.type !== 'failed') return outcome;
	return { ...outcome, failure: { ...outcome.failure, reason: 'log-in refused' } };
}

function habitsFor({ text }: HttpResponse): HttpHabits {
	return {
		service: 'Ento',
		message: (body) => messageIn(body, text),
		// 429 stands in the service's list of codes, the form of its body is not public (vendors/ento.md §2): only a page is none of its own.
		isOwnLimit: (response) => !isPage(response),
		fixes: {
			400: 'Check the values of this item. If Ento names a parameter that it does not know, compare the parameter names with your API documentation',
			401: CHECK_KEY,
			403: CHECK_KEY,
			404: 'Check the ID, and compare the base URL and the paths in the credential with your API documentation',
			405: 'This path does not support this method; the API may be read-only here',
			406: 'The node asks for JSON, the only format of the API: remove a header that asks for another one',
			503: 'Ento is down for maintenance: try again later',
		},
	};
}

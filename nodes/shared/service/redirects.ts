import type { Failure } from '../answer/failure';
import { networkFailure } from '../answer/network';
import { isPage, parseJson, PASSING_STATUSES, retryAfterMs, wordsIn, type HttpResponse, type Outcome } from '../answer/outcome';
import type { PlainRequest } from './request';
import type { Context } from './run';
import type { Transport } from './transport';

const MOST_REDIRECTS = 5;

/**
 * Sends a request without anything of the credential, and follows redirects by hand.
 * @returns as the body of a success: the answer
 */
export async function follow(context: Context, transport: Transport, request: PlainRequest): Promise<Outcome> {
	let { url } = request;
	for (let hops = 0; hops <= MOST_REDIRECTS; hops++) {
		const answer = await transport.exchange(url, request, async (options, abortSignal): Promise<unknown> => await context.helpers.httpRequest({ ...options, abortSignal }));
		if (!('status' in answer)) return networkFailure(answer, hostOf(url));
		const location = answer.headers.location;
		if (answer.status < 300 || answer.status >= 400 || typeof location !== 'string') return judgePlain(answer, url, request);
		if (!URL.canParse(location, url)) return judgePlain(answer, url, request);
		url = new URL(location, url).toString();
	}
	const message = `${hostOf(url)} sends the request from one address to the next without end`;
	return { type: 'failed', failure: { reason: 'rejected', message }, transient: false, fate: 'not carried out' };
}

function judgePlain(answer: HttpResponse, url: string, { isExpected, fix = 'Run the item again: signed addresses are valid for a short time only' }: PlainRequest): Outcome {
	if (answer.status >= 200 && answer.status < 300) {
		if (isExpected?.(answer.text) ?? true) return { type: 'ok', body: answer };
		const failure: Failure = { reason: 'unreadable answer', message: `${hostOf(url)} sent something else than what was asked for`, fix, status: answer.status };
		return { type: 'failed', failure, transient: true, fate: 'unknown' };
	}
	const said = wordsOf(answer);
	const failure: Failure = {
		reason: 'rejected',
		message: `${hostOf(url)} did not accept the request (HTTP ${answer.status})${said === undefined ? '' : `: ${said}`}`,
		fix,
		status: answer.status,
	};
	const isPassing = answer.status >= 500 || PASSING_STATUSES.has(answer.status);
	const afterMs = retryAfterMs(answer);
	if (answer.status === 429) return { type: 'throttled', afterMs, failure, fate: isPage(answer) ? 'unknown' : 'not carried out' };
	if (answer.status === 503 && afterMs !== undefined) return { type: 'throttled', afterMs, failure, fate: 'unknown' };
	return { type: 'failed', failure, transient: isPassing, fate: isPassing ? 'unknown' : 'not carried out' };
}

/** Storage speaks XML, in which beside its words stands what was signed. */
function wordsOf({ text }: HttpResponse): string | undefined {
	return wordsIn(parseJson(text)) ?? /<Message>([^<]{1,300})<\/Message>/.exec(text)?.[1];
}

/** Only the host: the rest of a signed address is a secret of its own. */
export function hostOf(url: string): string {
	return URL.canParse(url) ? new URL(url).host : 'the address';
}

import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';

import type { NetworkFault } from '../answer/network';
import type { HttpResponse, Outcome } from '../answer/outcome';
import { isRecord } from '../guards';
import { NO_REDIRECTS } from '../redirects';
import { isStream, readText } from '../stream';
import { wait } from '../wait';
import { limiterFor } from './limiter';
import type { PlainRequest } from './request';
import { retryDelayMs, type Effect } from './retry';
import type { Run } from './run';
import type { Service } from './service';

/** A request as it is given to n8n. */
type Sendable = Omit<PlainRequest, 'url' | 'fix' | 'effect'> & { readonly query?: IDataObject };

/** Brings single requests on their way, within the limits of the service and of the user; knows no credential and no session. */
export class Transport {
	constructor(
		private readonly service: Service,
		private readonly run: Run,
		/** Whose limiter to keep to. */
		readonly credentialKey: string,
	) {}

	/** Sends until there is nothing more to wait for: the one place that repeats requests. */
	async persist(effect: Effect, attempt: () => Promise<Outcome>): Promise<Outcome> {
		let waitedMs = 0;
		for (let n = 1; ; n++) {
			const outcome = await attempt();
			const delay = retryDelayMs(outcome, { effect, attempt: n, waitedMs, random: Math.random() });
			if (delay === undefined) return outcome;
			if (outcome.type === 'throttled') limiterFor(this.credentialKey, this.service.limits).pause(delay);
			await wait(delay, this.run.signal);
			waitedMs += delay;
		}
	}

	/**
	 * Sends one request when its turn has come; an answer of any status is a value, and so is a fault of the network.
	 * @param prepare makes the request; what it throws is handed on, since nothing was sent then
	 */
	async exchange<T>(prepare: () => Promise<T>, send: (prepared: T) => Promise<unknown>): Promise<HttpResponse | NetworkFault> {
		const { signal, limiter } = this.run;
		return await limiter.inTurn(signal, async () =>
			await limiterFor(this.credentialKey, this.service.limits).inTurn(signal, async () => {
				const prepared = await prepare();
				try {
					return await this.toResponse(await send(prepared));
				} catch (error) {
					return { error, stopped: signal?.aborted === true };
				}
			}),
		);
	}

	/** The request as n8n takes it. */
	async options(url: string, request: Sendable): Promise<IHttpRequestOptions> {
		const body = await request.body?.();
		return {
			method: request.method ?? 'GET',
			url,
			qs: request.query,
			arrayFormat: this.service.arrayFormat,
			headers: {
				Accept: 'application/json',
				...this.service.headers,
				...(body ? { 'Content-Type': body.type, 'Content-Length': body.length } : {}),
				...request.headers,
			},
			body: body?.content,
			// Read as bytes: a body that is cut or no JSON must be told from an empty one. A text would be held until the connection
			// is closed; with many long pages on their way those fill the heap, bytes lie outside it.
			encoding: request.stream ? 'stream' : 'arraybuffer',
			timeout: request.timeoutMs ?? this.run.timeoutMs,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			...NO_REDIRECTS,
		};
	}

	private async toResponse(raw: unknown): Promise<HttpResponse> {
		if (!isRecord(raw)) throw new Error('n8n gave no full response');
		const status = Number(raw.statusCode);
		const headers = isRecord(raw.headers) ? { ...raw.headers } : {};
		const body: unknown = raw.body;
		if (Buffer.isBuffer(body)) return { status, headers, text: textIn(body) };
		if (typeof body === 'string') return { status, headers, text: body };
		if (!isStream(body)) return { status, headers, text: body === undefined ? '' : JSON.stringify(body) };
		if (status >= 200 && status < 300) return { status, headers, text: '', stream: body };
		return { status, headers, text: await readText(body) };
	}
}

/** Without the mark that some services put before a text, which would make it no JSON. */
function textIn(body: Buffer): string {
	return body.toString('utf8').replace(/^\uFEFF/, '');
}

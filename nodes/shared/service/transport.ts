import type { IHttpRequestOptions } from 'n8n-workflow';

import { decode, type Decoded } from '../answer/charset';
import type { NetworkFault } from '../answer/network';
import type { HttpResponse, Outcome } from '../answer/outcome';
import { isRecord } from '../guards';
import { Deadline, LONGEST_MS } from '../session/deadline';
import { NO_REDIRECTS } from '../session/redirects';
import { IncomingFile, isStream, readBytes, type Readable } from '../stream';
import { wait } from '../wait';
import { type Limiter, limiterFor } from './limiter';
import type { Body, Request } from './request';
import { retryDelayMs, type Effect } from './retry';
import type { Run } from './run';
import type { Service } from './service';

/** A request as it is given to n8n. */
type Sendable = Pick<Request, 'method' | 'query' | 'headers' | 'body' | 'stream' | 'timeoutMs'>;

/** Hands a request to n8n; the signal ends it. */
type Send = (options: IHttpRequestOptions, signal: AbortSignal) => Promise<unknown>;

/** How many times the user's 'Timeout' an answer may take until it is whole, however slowly it comes. */
export const WHOLE_ANSWER = 5;
/** The same for a file where the bytes can't be watched, or nobody knows how many there are. */
const WHOLE_FILE = 60;

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
	 * @param send what hands the request to n8n, with the signal that ends it
	 * @throws what making the request throws, since nothing was sent then; Stopped
	 */
	async exchange(url: string, request: Sendable, send: Send): Promise<HttpResponse | NetworkFault> {
		const taken: Limiter[] = [];
		const leave = (): void => taken.splice(0).forEach((limiter) => limiter.release());
		let isHeld = false;
		try {
			await this.enter(taken);
			const options = await this.options(url, request);
			const answer = await this.complete(options, request.timeoutMs ?? this.run.timeoutMs, send, leave);
			isHeld = 'status' in answer && answer.file !== undefined;
			return answer;
		} finally {
			if (!isHeld) leave();
		}
	}

	/** Waits for a place among the requests of the user, and for one among those to the service. */
	private async enter(taken: Limiter[]): Promise<void> {
		const { signal, limiter } = this.run;
		await limiter.acquire(signal);
		taken.push(limiter);
		const shared = limiterFor(this.credentialKey, this.service.limits);
		await shared.acquire(signal);
		taken.push(shared);
	}

	/** Sends it, and sees to it that the answer comes to an end; of a file, that its bytes go on coming. */
	private async complete(options: IHttpRequestOptions, timeoutMs: number, send: Send, leave: () => void): Promise<HttpResponse | NetworkFault> {
		const deadline = new Deadline(timeoutMs * (Buffer.isBuffer(options.body) ? WHOLE_FILE : WHOLE_ANSWER), this.run.signal);
		if (isStream(options.body)) deadline.follow(options.body, timeoutMs, 'out');
		const sending = send(options, deadline.signal);
		try {
			const raw = await deadline.race(sending);
			if (!isRecord(raw)) throw new Error('n8n gave no full response');
			const { body, headers, statusCode } = raw as { body?: unknown; headers?: unknown; statusCode?: unknown };
			const head = { status: Number(statusCode), headers: isRecord(headers) ? { ...headers } : {} };
			const isFile = isStream(body) && head.status >= 200 && head.status < 300;
			if (isFile) return { ...head, text: '', file: incoming(head, body, timeoutMs, deadline, leave) };
			const decoded = await deadline.race(textOf(body, head.headers['content-type']));
			deadline.clear();
			return { ...head, ...decoded };
		} catch (caught) {
			const error: unknown = deadline.signal.aborted ? deadline.signal.reason : caught;
			deadline.expire();
			// n8n may not have heard the signal, and bring an answer all the same.
			void sending.then(discard, () => undefined);
			return { error, stopped: this.run.signal?.aborted === true };
		}
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
				// Of a file that comes compressed, nobody could tell whether it is whole.
				...(request.stream ? { 'Accept-Encoding': 'identity' } : {}),
				...(body ? { 'Content-Type': body.type, 'Content-Length': body.length } : {}),
				...request.headers,
			},
			body: body?.content,
			// Read as bytes: a body that is cut or no JSON must be told from an empty one. A text would be held until the connection
			// is closed; with many long pages on their way those fill the heap, bytes lie outside it.
			encoding: request.stream ? 'stream' : 'arraybuffer',
			timeout: patience(body?.content, request.timeoutMs ?? this.run.timeoutMs),
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			...NO_REDIRECTS,
		};
	}
}

/** Gives its place back when it is there, or given up. */
function incoming({ status, headers }: Pick<HttpResponse, 'status' | 'headers'>, content: Readable, timeoutMs: number, deadline: Deadline, leave: () => void): IncomingFile {
	const length = /^\d+$/.test(String(headers['content-length'])) ? Number(headers['content-length']) : undefined;
	const release = (): void => {
		deadline.clear();
		leave();
	};
	// Without one who listens, an error of a stream ends the whole of n8n.
	content.on('error', release);
	content.once('close', release);
	deadline.signal.addEventListener('abort', () => content.destroy(deadline.signal.reason as Error), { once: true });
	deadline.follow(content, timeoutMs, 'in', length === undefined ? timeoutMs * WHOLE_FILE : Infinity);
	const encoding = String(headers['content-encoding'] ?? '').replace(/^identity$/i, '');
	return new IncomingFile(content, status, String(headers['content-type'] ?? ''), length, encoding, () => {
		deadline.expire();
		leave();
	});
}

/** How long n8n may wait for the head of an answer, in ms: its clock runs while a file is sent. */
function patience(content: Body['content'] | undefined, timeoutMs: number): number {
	if (isStream(content)) return LONGEST_MS;
	return Math.min(timeoutMs * (Buffer.isBuffer(content) ? WHOLE_FILE : 1), LONGEST_MS);
}

/** A body as text, in its character set. */
async function textOf(body: unknown, contentType: unknown): Promise<Decoded> {
	if (Buffer.isBuffer(body)) return decode(body, contentType);
	if (typeof body === 'string') return { text: body };
	if (isStream(body)) return decode(await readBytes(body), contentType);
	return { text: body === undefined ? '' : JSON.stringify(body) };
}

function discard(raw: unknown): void {
	const body = (raw as { body?: unknown }).body;
	if (!isStream(body)) return;
	body.on('error', () => undefined);
	body.destroy();
}

import type { IDataObject, IExecuteFunctions, IHttpRequestMethods, IHttpRequestOptions, ILoadOptionsFunctions } from 'n8n-workflow';

import type { Connection, Credentials, Vendor } from './define';
import { fail, type Failure } from './failure';
import { fingerprint } from './fingerprint';
import { isRecord } from './guards';
import { Limiter, limiterFor } from './limiter';
import { networkFailure, type NetworkFault } from './network';
import { mayBeDone, type HttpResponse, type Outcome } from './outcome';
import { originOf } from './paths';
import { redact, redactJson } from './redact';
import { retryDelayMs, type Effect } from './retry';
import { needsLogIn, renew, withUsableToken } from './session';
import { isStream, readText, type Readable } from './stream';
import { wait } from './wait';

/** What a request carries, made anew for each attempt: a stream can't be sent twice. */
export interface Body {
	readonly content: string | Buffer | Readable;
	readonly type: string;
	/** Length in bytes; without it the request would be sent in chunks, which many services refuse. */
	readonly length: number;
}

export interface Request {
	/** Default: GET. */
	readonly method?: IHttpRequestMethods;
	/** Path below the base URL, made with `path`; or a full address on the same origin, such as a next-page link. */
	readonly path: string;
	/** A function gets the credential, for what is made from its secrets. */
	readonly query?: IDataObject | ((credentials: Credentials) => IDataObject);
	readonly headers?: Readonly<Record<string, string>>;
	readonly body?: () => Promise<Body> | Body;
	/** Whether the body of the answer is wanted as a stream. */
	readonly stream?: boolean;
	/** Default: GET reads, everything else writes. Say `read` for a query that happens to be a POST. */
	readonly effect?: Effect;
	readonly timeoutMs?: number;
	/** It must leave at most once, whatever comes back: the session is made sure of before. */
	readonly once?: true;
	/** Neither needs a session nor is told by one. */
	readonly session?: false;
}

/** A request to an address outside the service, such as signed storage: nothing of the credential travels with it. */
export interface PlainRequest extends Pick<Request, 'method' | 'headers' | 'body' | 'stream' | 'timeoutMs' | 'effect'> {
	readonly url: string;
	/** What to do when it is not accepted. */
	readonly fix?: string;
}

/** What the client needs of n8n: there in executions and in the editor's look-ups alike. */
export type Context = IExecuteFunctions | ILoadOptionsFunctions;

/** What all clients of one execution share. */
export interface Run {
	readonly signal: AbortSignal | undefined;
	/** Keeps to the user's 'Parallel Requests' across all items. */
	readonly limiter: Limiter;
	/** Refused log-ins by account, so that a wrong password is tried once and no account gets locked. */
	readonly refused: Map<string, Failure>;
	/** Credentials with the session that was begun last, by account. */
	readonly renewed: Map<string, Credentials>;
	readonly timeoutMs: number;
}

/** A request as it is given to n8n. */
type Sendable = Omit<PlainRequest, 'url' | 'fix' | 'effect'> & { readonly query?: IDataObject };

const MOST_LOG_INS = 3;
const MOST_REDIRECTS = 5;
/** Sent where neither the operation nor the user says otherwise, in ms. */
export const DEFAULT_TIMEOUT_MS = 60_000;
/** For files, in ms. */
export const FILE_TIMEOUT_MS = 3_600_000;

/** A JSON body. */
export function json(value: unknown): () => Body {
	const content = JSON.stringify(value);
	return () => ({ content, type: 'application/json', length: Buffer.byteLength(content) });
}

/**
 * A form-encoded body (`a=1&b=x+y`), for services that take no JSON.
 * @param fields names and values in their order; a name may come several times, for a list
 */
export function form(fields: ReadonlyArray<readonly [name: string, value: string]>): () => Body {
	// n8n reads a body of this type and writes it anew; this is how it writes it, so that the length stays right.
	const content = new URLSearchParams(fields.map(([name, value]): [string, string] => [name, value])).toString();
	return () => ({ content, type: 'application/x-www-form-urlencoded', length: Buffer.byteLength(content) });
}

/** What a single look-up in the editor works with. */
export function runAlone(parallel: number): Run {
	return { signal: undefined, limiter: new Limiter({ inFlight: parallel }), refused: new Map(), renewed: new Map(), timeoutMs: DEFAULT_TIMEOUT_MS };
}

/** Talks to one service with one credential; the only place that sends requests. */
export class Client {
	private constructor(
		private readonly context: Context,
		private readonly vendor: Vendor,
		private readonly connection: Connection,
		private readonly run: Run,
		private readonly read: () => Promise<Credentials>,
		private credentials: Credentials,
	) {}

	/**
	 * @param itemIndex item whose values fill expressions in the credential
	 * @throws FailureError when the credential can be seen to be unusable
	 */
	static async open(
		context: Context,
		vendor: Vendor,
		connection: Connection,
		run: Run,
		itemIndex: number,
	): Promise<Client> {
		const read = async (): Promise<Credentials> =>
			await context.getCredentials<Credentials>(connection.credentialType, itemIndex);
		const credentials = withUsableToken(connection, await read());
		const unusable = connection.check?.(credentials);
		if (unusable) fail(redactJson(unusable, secretsIn(connection, credentials)));
		return new Client(context, vendor, connection, run, read, credentials);
	}

	/** A field of the credential that is no secret, such as the name of the database. */
	setting(name: string): string {
		if (this.connection.secrets.includes(name)) throw new Error(`'${name}' is secret`);
		return String(this.credentials[name] ?? '').trim();
	}

	/** Scheme, host and port of the service; blank when the base URL is no address. */
	get origin(): string {
		return originOf(this.baseUrl) ?? '';
	}

	/** Identifies the account, by credential and what is entered in it. */
	get account(): string {
		const { session, secrets } = this.connection;
		const owner = session ? session.ownerOf(this.credentials) : fingerprint([this.baseUrl, ...secrets.map((name) => this.credentials[name])]);
		return `${this.credentialKey()}:${owner}`;
	}

	private get baseUrl(): string {
		return this.connection.baseUrl(this.credentials);
	}

	/**
	 * Sends a request: waits for its turn, logs in where needed, retries what may be retried.
	 * @returns what the service's judge made of the body; a stream if `stream` was asked for
	 * @throws FailureError with no secret in it
	 */
	async send(request: Request): Promise<unknown> {
		const url = this.addressOf(request);
		const effect = request.effect ?? (['GET', 'HEAD'].includes(request.method ?? 'GET') ? 'read' : 'write');
		const send = async (): Promise<Outcome> => await this.sendInSession(url, request, effect);
		const outcome = request.once ? await send() : await this.persist(effect, send);
		return outcome.type === 'ok' ? outcome.body : fail(this.presentable(outcome, effect));
	}

	/**
	 * Sends a request without anything of the credential, and follows redirects.
	 * @returns the answer; a stream if `stream` was asked for
	 * @throws FailureError for anything but a 2xx
	 */
	async sendPlain(request: PlainRequest): Promise<HttpResponse> {
		const effect = request.effect ?? ((request.method ?? 'GET') === 'GET' ? 'read' : 'write');
		const outcome = await this.persist(effect, async () => await this.follow(request));
		return outcome.type === 'ok' ? (outcome.body as HttpResponse) : fail(this.presentable(outcome, effect));
	}

	/** Without its secrets. */
	shown(text: string): string {
		return redact(text, this.secrets());
	}

	private async persist(effect: Effect, attempt: () => Promise<Outcome>): Promise<Outcome> {
		let waitedMs = 0;
		for (let n = 1; ; n++) {
			const outcome = await attempt();
			const delay = retryDelayMs(outcome, { effect, attempt: n, waitedMs, random: Math.random() });
			if (delay === undefined) return outcome;
			if (outcome.type === 'throttled') this.credentialLimiter().pause(delay);
			await wait(delay, this.run.signal);
			waitedMs += delay;
		}
	}

	/** One attempt, with as many log-ins as it takes until the service has accepted the session. */
	private async sendInSession(url: string, request: Request, effect: Effect): Promise<Outcome> {
		const session = request.session === false ? undefined : this.connection.session;
		this.takeRenewedSession();
		const refused = session && (await this.beginSession(request));
		if (refused) return refused;
		for (let logIns = 0; ; logIns++) {
			const outcome = await this.attempt(url, request);
			if (outcome.type !== 'expired' || logIns >= MOST_LOG_INS) return outcome;
			if (!session || (session.confirms && (await this.probeSession()) !== 'over')) return withoutSession(outcome);
			const notLoggedIn = await this.logIn();
			// The new session is for the next one then: this request has left already, and may have had its effect.
			if (request.once || (outcome.fate === 'unknown' && effect !== 'read')) return outcome;
			if (notLoggedIn) return notLoggedIn;
		}
	}

	/** Items were opened with the session of their time: without this, each of them would find out by itself that it is over. */
	private takeRenewedSession(): void {
		if (!this.connection.session || this.run.renewed.size === 0) return;
		this.credentials = this.run.renewed.get(this.account) ?? this.credentials;
	}

	private async beginSession({ once }: Request): Promise<Outcome | undefined> {
		if (needsLogIn(this.connection, this.credentials)) return await this.logIn();
		if (!once || !this.connection.session?.confirms) return undefined;
		const state = await this.probeSession();
		if (state === 'stands') return undefined;
		return state === 'over' ? await this.logIn() : state;
	}

	/** Asks the service whether the session still stands; the failure when that can't be found out. */
	private async probeSession(): Promise<'stands' | 'over' | Outcome> {
		const { session } = this.connection;
		if (!session?.confirms) return 'stands';
		const probe = session.probe(this.credentials);
		const outcome = await this.persist('read', async () => await this.attempt(this.addressOf(probe), probe));
		if (outcome.type === 'ok') return session.confirms(outcome.body) ? 'stands' : 'over';
		if (outcome.type === 'expired') return 'over';
		return outcome.type === 'failed' ? { ...outcome, fate: 'not carried out' } : outcome;
	}

	private async attempt(url: string, request: Request): Promise<Outcome> {
		const answer = await this.exchangeWithCredential(url, request, this.credentialsFor(request));
		if (!('status' in answer)) return networkFailure(answer, this.vendor.name);
		const outcome = this.vendor.judge(answer, request);
		// Nobody reads a stream that was judged to be none; left open, it would hold its connection.
		if (outcome.type !== 'ok') answer.stream?.destroy();
		return outcome;
	}

	private async logIn(): Promise<Outcome | undefined> {
		const { session } = this.connection;
		if (!session) return undefined;
		const { account } = this;
		const before = this.run.refused.get(account);
		if (before) return refusal(before);
		const usedToken = this.credentials[session.tokenField];
		const renewal = await renew({ key: account, connection: this.connection, usedToken, signal: this.run.signal, read: this.read }, async (blank) => {
			const probe = session.probe(blank);
			const answer = await this.exchangeWithCredential(this.addressOf(probe), probe, blank);
			if (blank[session.tokenField] || 'status' in answer) return undefined;
			return logInFailure(answer, this.vendor.name);
		});
		if ('credentials' in renewal) {
			this.credentials = renewal.credentials;
			this.run.renewed.set(account, renewal.credentials);
			return undefined;
		}
		if (renewal.refused.reason === 'log-in refused') this.run.refused.set(account, renewal.refused);
		return refusal(renewal.refused);
	}

	/**
	 * Sends one request when its turn has come; an answer of any status is a value, and so is a fault of the network.
	 * @param prepare makes the request; what it throws is handed on, since nothing was sent then
	 */
	private async exchange<T>(prepare: () => Promise<T>, send: (prepared: T) => Promise<unknown>): Promise<HttpResponse | NetworkFault> {
		const { signal, limiter } = this.run;
		return await limiter.inTurn(signal, async () =>
			await this.credentialLimiter().inTurn(signal, async () => {
				const prepared = await prepare();
				try {
					return await this.toResponse(await send(prepared));
				} catch (error) {
					return { error, stopped: signal?.aborted === true };
				}
			}),
		);
	}

	/** With a token for show where none is needed: n8n would log in for a blank one. */
	private credentialsFor(request: Request): Credentials {
		const { session } = this.connection;
		if (request.session !== false || !session || this.credentials[session.tokenField]) return this.credentials;
		return { ...this.credentials, [session.tokenField]: 'none' };
	}

	private async exchangeWithCredential(url: string, request: Request, credentials: Credentials): Promise<HttpResponse | NetworkFault> {
		return await this.exchange(
			async () => await this.options(url, { ...request, query: queryOf(request, credentials) }),
			async (options) => await this.withCredential(options, credentials),
		);
	}

	private async withCredential(options: IHttpRequestOptions, credentials: Credentials): Promise<unknown> {
		const { credentialType } = this.connection;
		const { id, name } = this.context.getNode().credentials?.[credentialType] ?? { id: null, name: credentialType };
		// n8n puts a renewed token into the object it is given, and stores it under the credential of the node.
		const credentialsDecrypted = { id: id ?? '', name, type: credentialType, data: credentials };
		return await this.context.helpers.httpRequestWithAuthentication.call(this.context, credentialType, options, { credentialsDecrypted });
	}

	private async follow(request: PlainRequest): Promise<Outcome> {
		let { url } = request;
		for (let hops = 0; hops <= MOST_REDIRECTS; hops++) {
			const answer = await this.exchange(
				async () => ({ ...(await this.options(url, request)), abortSignal: this.run.signal }),
				async (options): Promise<unknown> => await this.context.helpers.httpRequest(options),
			);
			if (!('status' in answer)) return networkFailure(answer, hostOf(url));
			const location = answer.headers.location;
			if (answer.status < 300 || answer.status >= 400 || typeof location !== 'string') return judgePlain(answer, url, request.fix);
			url = new URL(location, url).toString();
		}
		const message = `${hostOf(url)} sends the request from one address to the next without end`;
		return { type: 'failed', failure: { reason: 'rejected', message }, transient: false, fate: 'not carried out' };
	}

	private async options(url: string, request: Sendable): Promise<IHttpRequestOptions> {
		const body = await request.body?.();
		return {
			method: request.method ?? 'GET',
			url,
			qs: request.query,
			arrayFormat: this.vendor.arrayFormat,
			headers: {
				Accept: 'application/json',
				...this.vendor.headers,
				...(body ? { 'Content-Type': body.type, 'Content-Length': body.length } : {}),
				...request.headers,
			},
			body: body?.content,
			// Read as text: a body that is cut or no JSON must be told from an empty one.
			encoding: request.stream ? 'stream' : 'text',
			timeout: request.timeoutMs ?? this.run.timeoutMs,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			// A redirect would carry custom headers to another host, and makes n8n hold uploads in memory.
			maxRedirects: 0,
		};
	}

	private async toResponse(raw: unknown): Promise<HttpResponse> {
		if (!isRecord(raw)) throw new Error('n8n gave no full response');
		const status = Number(raw.statusCode);
		const headers = isRecord(raw.headers) ? { ...raw.headers } : {};
		const body: unknown = raw.body;
		if (typeof body === 'string') return { status, headers, text: body };
		if (!isStream(body)) return { status, headers, text: body === undefined ? '' : JSON.stringify(body) };
		if (status >= 200 && status < 300) return { status, headers, text: '', stream: body };
		return { status, headers, text: await readText(body) };
	}

	private addressOf(request: Request): string {
		const { baseUrl } = this;
		const origin = originOf(baseUrl);
		if (origin === undefined) {
			return fail({
				reason: 'invalid input',
				message: 'The base URL in the credential is no web address',
				fix: 'Open the credential and enter an address that begins with https://',
				parameter: 'Base URL',
			});
		}
		const absolute = originOf(request.path);
		if (absolute === undefined) return baseUrl + request.path;
		if (absolute === origin) return request.path;
		return fail({
			reason: 'unreadable answer',
			message: `${this.vendor.name} pointed to ${hostOf(request.path)}, which is not the host of the credential`,
			fix: 'Nothing was sent there. Check the base URL in the credential',
		});
	}

	private presentable(outcome: Exclude<Outcome, { type: 'ok' }>, effect: Effect): Failure {
		const failure = redactJson(outcome.failure, this.secrets());
		const isUnsure = 'fate' in outcome && outcome.fate === 'unknown' && effect !== 'read';
		if (!isUnsure || failure.reason === 'stopped') return failure;
		return mayBeDone(failure, this.vendor.name);
	}

	private secrets(): string[] {
		return secretsIn(this.connection, this.credentials);
	}

	private credentialKey(): string {
		const { credentialType } = this.connection;
		return `${credentialType}:${this.context.getNode().credentials?.[credentialType]?.id ?? ''}`;
	}

	private credentialLimiter(): Limiter {
		return limiterFor(this.credentialKey(), this.vendor.limits);
	}
}

/** As entered and trimmed: services get them trimmed, and may repeat them in what they answer. */
function secretsIn({ secrets, sentSecrets }: Connection, credentials: Credentials): string[] {
	const entered = secrets.map((name) => String(credentials[name] ?? ''));
	const all = [...entered.map((secret) => secret.trim()), ...entered, ...(sentSecrets?.(credentials) ?? [])];
	return [...new Set(all)].filter((secret) => secret !== '');
}

function queryOf({ query }: Request, credentials: Credentials): IDataObject | undefined {
	return typeof query === 'function' ? query(credentials) : query;
}

/** What an answer means that looked like the end of a session and has nothing to do with one. */
function withoutSession({ failure, fate = 'not carried out' }: Extract<Outcome, { type: 'expired' }>): Outcome {
	return { type: 'failed', failure, transient: fate === 'unknown', fate };
}

function refusal(failure: Failure): Outcome {
	return { type: 'failed', failure, transient: failure.reason === 'unreachable', fate: 'not carried out' };
}

function logInFailure(fault: NetworkFault, service: string): Failure {
	const { failure } = networkFailure(fault, service);
	if (failure.reason !== 'unexpected') return failure;
	return { reason: 'log-in refused', message: failure.message, fix: 'Correct the credential of this node and test it' };
}

function judgePlain(answer: HttpResponse, url: string, fix = 'Run the item again: signed addresses are valid for a short time only'): Outcome {
	if (answer.status >= 200 && answer.status < 300) return { type: 'ok', body: answer };
	const failure: Failure = {
		reason: 'rejected',
		message: `${hostOf(url)} did not accept the request (HTTP ${answer.status})`,
		fix,
		status: answer.status,
	};
	const isDown = answer.status >= 500;
	return { type: 'failed', failure, transient: isDown, fate: isDown ? 'unknown' : 'not carried out' };
}

/** Only the host: the rest of a signed address is a secret of its own. */
function hostOf(url: string): string {
	return URL.canParse(url) ? new URL(url).host : 'the address';
}

import type { IHttpRequestOptions } from 'n8n-workflow';

import { originOf } from '../addresses';
import { undecodable } from '../answer/charset';
import { fail, type Failure } from '../answer/failure';
import { networkFailure, type NetworkFault } from '../answer/network';
import type { HttpResponse, Outcome } from '../answer/outcome';
import { fingerprint } from '../fingerprint';
import { redact, redactJson } from '../secrets/redact';
import { LOG_IN_TIMEOUT_MS, notLoggedIn, type NotLoggedIn } from '../session/logIn';
import { type Credentials, needsLogIn, renew, withUsableToken } from '../session/session';
import { Changes } from './changes';
import { heeding } from './heeding';
import { forget, keep, recall } from './known';
import { Preview } from './preview';
import { follow, hostOf } from './redirects';
import type { PlainRequest, Request } from './request';
import type { Effect } from './retry';
import type { Context, Run } from './run';
import type { Connection, Service } from './service';
import { assertShort, explained } from './tooLong';
import { Transport, WHOLE_ANSWER } from './transport';
import { secretsIn, withoutSecrets } from './withoutSecrets';

const MOST_LOG_INS = 3;
/** How long a session that the service has confirmed counts as standing, in ms: one that ends meanwhile refuses a request, which the user is told. */
const PROOF_MS = 30_000;
const NO_CONTENT = 204;

/** Talks to one service with one credential: keeps its session, and its secrets out of what is said. */
export class Client {
	/** Of the item that the client was opened for. */
	private readonly changes = new Changes();

	private constructor(
		private readonly context: Context,
		private readonly service: Service,
		private readonly connection: Connection,
		private readonly run: Run,
		private readonly transport: Transport,
		private readonly read: () => Promise<Credentials>,
		private credentials: Credentials,
		/** Takes the place of all that would change something, where the user wants to look at it only. */
		readonly preview: Preview | undefined,
	) {}

	/**
	 * @param itemIndex item whose values fill expressions in the credential
	 * @param isPreview whether nothing is to be changed, but only shown
	 * @throws FailureError when the credential can be seen to be unusable
	 */
	static async open(
		context: Context,
		service: Service,
		connection: Connection,
		run: Run,
		itemIndex: number,
		isPreview = false,
	): Promise<Client> {
		const read = async (): Promise<Credentials> =>
			await context.getCredentials<Credentials>(connection.credentialType, itemIndex);
		const credentials = withUsableToken(connection.session, await read());
		const unusable = connection.check?.(credentials);
		if (unusable) fail(redactJson(unusable, secretsIn(connection, credentials)));
		const { credentialType } = connection;
		const credentialKey = `${credentialType}:${context.getNode().credentials?.[credentialType]?.id ?? ''}`;
		return new Client(context, service, connection, run, new Transport(service, run, credentialKey), read, credentials, isPreview ? new Preview() : undefined);
	}

	/** The way into the service (`Connection.authentication`), where it has several. */
	get authentication(): string | undefined {
		return this.connection.authentication;
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
		return `${this.transport.credentialKey}:${owner}`;
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
		assertShort(request);
		const url = this.addressOf(request);
		const effect = effectOf(request);
		if (this.preview && isHeld(request)) return await this.hold(this.preview, url, request);
		const send = async (): Promise<Outcome> => await this.sendInSession(url, request, effect);
		const outcome = request.once ? await send() : await this.transport.persist(effect, send);
		if (outcome.type === 'ok') return outcome.body;
		return fail(this.presentable({ ...outcome, failure: explained(outcome.failure, request, this.service.name) }, effect));
	}

	/**
	 * A failure of the item, with what became of the changes that it had asked for so far. Whatever an item comes to after it has sent one
	 * goes through here, so that no operation can forget to say it.
	 */
	told(failure: Failure): Failure {
		return this.changes.tell(failure, this.service.name);
	}

	/**
	 * Sends a request without anything of the credential, and follows redirects.
	 * @returns the answer; a stream if `stream` was asked for
	 * @throws FailureError for anything but a 2xx
	 */
	async sendPlain(request: PlainRequest): Promise<HttpResponse> {
		const effect = effectOf(request);
		// The rest of a signed address is a secret of its own.
		if (this.preview && isHeld(request)) return (await this.hold(this.preview, `${originOf(request.url) ?? ''}/***`, request)) as HttpResponse;
		const outcome = await this.transport.persist(effect, async () => await this.followPlain(request, effect));
		return outcome.type === 'ok' ? (outcome.body as HttpResponse) : fail(this.presentable(outcome, effect));
	}

	private async followPlain(request: PlainRequest, effect: Effect): Promise<Outcome> {
		if (effect !== 'read') this.changes.leave();
		const outcome = await follow(this.context, this.transport, request);
		if (effect !== 'read') this.changes.became(outcome);
		return outcome;
	}

	/** In place of sending it. @throws FailureError `previewed`, unless the request says what to go on with */
	private async hold(preview: Preview, url: string, request: Request | (PlainRequest & Partial<Request>)): Promise<unknown> {
		const secretQuery = Object.keys(request.secretQuery?.(this.credentials) ?? {}).map((name) => [name, '***']);
		const body = await request.body?.();
		const query = { ...request.query, ...Object.fromEntries(secretQuery) };
		const options = await this.transport.options(url, { ...request, query, body: body && (() => body) });
		return preview.hold({ options, body, next: request.next }, (value) => redactJson(value, this.secrets()));
	}

	/** Without its secrets. */
	shown(text: string): string {
		return redact(text, this.secrets());
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
			const refused = await this.logIn();
			// The new session is for the next one then: this request has left already, and may have had its effect.
			if (outcome.fate === 'unknown' && effect !== 'read') return outcome;
			if (refused) return refused;
			if (request.once) return unsent(outcome);
		}
	}

	/** Items were opened with the session of their time: without this, each of them would find out by itself that it is over. */
	private takeRenewedSession(): void {
		const { session } = this.connection;
		if (!session || (this.run.renewed.size === 0 && session.expiryField === undefined)) return;
		this.credentials = withUsableToken(session, this.run.renewed.get(this.account) ?? this.credentials);
	}

	private async beginSession({ once }: Request): Promise<Outcome | undefined> {
		const logIn = once ? async () => await this.logInPatiently() : async () => await this.logIn();
		if (needsLogIn(this.connection.session, this.credentials)) return await logIn();
		if (!once || !this.connection.session?.confirms || this.isProven()) return undefined;
		const state = await this.probeSession();
		if (state === 'stands') return undefined;
		return state === 'over' ? await logIn() : state;
	}

	/** For a request that is not sent again: what comes before it still may be. */
	private async logInPatiently(): Promise<Outcome | undefined> {
		const outcome = await this.transport.persist('read', async () => (await this.logIn()) ?? { type: 'ok', body: undefined });
		return outcome.type === 'ok' ? undefined : outcome;
	}

	/** Asks the service whether the session still stands; the failure when that can't be found out. */
	private async probeSession(): Promise<'stands' | 'over' | Outcome> {
		const { session } = this.connection;
		if (!session?.confirms) return 'stands';
		const probe = session.probe(this.credentials);
		const outcome = await this.transport.persist('read', async () => await this.attempt(this.addressOf(probe), probe));
		const stands = outcome.type === 'ok' && session.confirms(outcome.body);
		this.prove(stands);
		if (stands) return 'stands';
		return outcome.type === 'ok' || outcome.type === 'expired' ? 'over' : { ...outcome, fate: 'not carried out' };
	}

	/** Whether somebody in this process has found the session to stand a moment ago. */
	private isProven(): boolean {
		return recall(this.account, this.proof) !== undefined;
	}

	private prove(stands: boolean): void {
		if (stands) keep(this.account, this.proof, true, PROOF_MS);
		else forget(this.account, this.proof);
	}

	/** What a proof is kept by: the session alone, of which nothing can be read. */
	private get proof(): string {
		const { session } = this.connection;
		return `session ${fingerprint([session && this.credentials[session.tokenField]])}`;
	}

	private async attempt(url: string, request: Request): Promise<Outcome> {
		const answer = await this.exchangeWithCredential(url, request, this.credentialsFor(request));
		const outcome = 'status' in answer ? await this.judge(answer, request) : networkFailure(answer, this.service.name);
		if (effectOf(request) !== 'read') this.changes.became(outcome);
		// Nobody reads a file that was judged to be none; left open, it would hold its connection.
		if (outcome.type !== 'ok' && 'status' in answer) answer.file?.destroy();
		return outcome;
	}

	private async judge(answer: HttpResponse, request: Request): Promise<Outcome> {
		const { status, notIn } = answer;
		if (notIn !== undefined && status >= 200 && status < 300) {
			return { type: 'failed', failure: undecodable(this.service.name, notIn, status), transient: true, fate: 'unknown' };
		}
		const { statusDecides, signal } = this.run;
		const outcome = await this.service.judge(answer, { ...request, statusDecides }, signal);
		// A change may be confirmed with nothing.
		const isConfirmed = status === NO_CONTENT && effectOf(request) !== 'read';
		return isConfirmed && outcome.type !== 'ok' ? { type: 'ok', body: undefined } : outcome;
	}

	private async logIn(): Promise<NotLoggedIn | undefined> {
		const { session } = this.connection;
		if (!session) return undefined;
		const { account } = this;
		const before = this.run.refused.get(account);
		if (before) return before;
		const usedToken = this.credentials[session.tokenField];
		const timeoutMs = Math.min(this.run.timeoutMs, LOG_IN_TIMEOUT_MS);
		const renewal = await renew({ key: account, session, usedToken, signal: this.run.signal, patienceMs: timeoutMs * WHOLE_ANSWER, read: this.read }, async (blank) => {
			const probe = { ...session.probe(blank), timeoutMs };
			const answer = await this.exchangeWithCredential(this.addressOf(probe), probe, blank);
			if (blank[session.tokenField] || 'status' in answer) return undefined;
			return notLoggedIn(answer, this.service.name);
		});
		if ('credentials' in renewal) {
			this.credentials = renewal.credentials;
			this.run.renewed.set(account, renewal.credentials);
			if (session.confirms) this.prove(true);
			return undefined;
		}
		if (renewal.failed.failure.reason === 'log-in refused') this.run.refused.set(account, renewal.failed);
		return renewal.failed;
	}

	/** With a token for show where none is needed: n8n would log in for a blank one. */
	private credentialsFor(request: Request): Credentials {
		const { session } = this.connection;
		if (request.session !== false || !session || this.credentials[session.tokenField]) return this.credentials;
		return { ...this.credentials, [session.tokenField]: 'none' };
	}

	private async exchangeWithCredential(url: string, request: Request, credentials: Credentials): Promise<HttpResponse | NetworkFault> {
		const secretQuery = request.secretQuery?.(credentials) ?? {};
		const sendable = { ...request, query: { ...request.query, ...secretQuery } };
		const answer = await this.transport.exchange(url, sendable, async (options, signal) => {
			if (effectOf(request) !== 'read') this.changes.leave();
			return await this.withCredential(options, credentials, signal);
		});
		if (!('status' in answer) || (request.revealsToken && answer.status === 200)) return answer;
		return withoutSecrets(answer, this.connection, credentials, Object.values(secretQuery).map(String));
	}

	private async withCredential(options: IHttpRequestOptions, credentials: Credentials, signal: AbortSignal): Promise<unknown> {
		const { credentialType } = this.connection;
		const { id, name } = this.context.getNode().credentials?.[credentialType] ?? { id: null, name: credentialType };
		// n8n puts a renewed token into the object it is given, and stores it under the credential of the node.
		const credentialsDecrypted = { id: id ?? '', name, type: credentialType, data: credentials };
		const context = heeding(this.context, signal);
		return await context.helpers.httpRequestWithAuthentication.call(context, credentialType, options, { credentialsDecrypted });
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
			message: `${this.service.name} pointed to ${hostOf(request.path)}, which is not the host of the credential`,
			fix: 'Nothing was sent there. Check the base URL in the credential',
		});
	}

	private presentable(outcome: Exclude<Outcome, { type: 'ok' }>, effect: Effect): Failure {
		const failure = redactJson(outcome.failure, this.secrets());
		return effect !== 'read' && outcome.fate === 'unknown' ? this.told(failure) : failure;
	}

	private secrets(): string[] {
		return secretsIn(this.connection, this.credentials);
	}
}

function effectOf({ effect, method = 'GET' }: Pick<Request, 'effect' | 'method'>): Effect {
	return effect ?? (method === 'GET' || method === 'HEAD' ? 'read' : 'write');
}

/** Whether a preview shows it in place of sending it. */
function isHeld(request: Pick<Request, 'effect' | 'method' | 'heldInPreview'>): boolean {
	return request.heldInPreview ?? effectOf(request) !== 'read';
}

/** What an answer means that looked like the end of a session and has nothing to do with one. */
function withoutSession({ failure, fate = 'not carried out' }: Extract<Outcome, { type: 'expired' }>): Outcome {
	return { type: 'failed', failure, transient: fate === 'unknown', fate };
}

/** The session was over before its time, which a request that must leave only once can't mend for itself. */
function unsent({ failure }: Extract<Outcome, { type: 'expired' }>): Outcome {
	const fix = 'The session was over; a new one has begun. Nothing was done for this item: run it again';
	return { type: 'failed', failure: { ...failure, fix }, transient: false, fate: 'not carried out' };
}

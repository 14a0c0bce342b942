import type { Failure } from '../answer/failure';
import type { HttpResponse, Outcome } from '../answer/outcome';
import type { Credentials, Session } from '../session/session';
import type { Limits } from './limiter';
import type { Request } from './request';

/** A session as the client keeps it: where its token is, and how to ask the service about it. */
export interface ProbedSession extends Session {
	/** A cheap request without effect: n8n sends it with a blank token to get and store a new one. */
	readonly probe: (credentials: Credentials) => Request;
	/**
	 * For a service that doesn't say clearly when a session is over: whether it still stands, by the answer to `probe`. Asked before a
	 * session is renewed, and before a request that is sent only once.
	 */
	readonly confirms?: (probed: unknown) => boolean;
}

/** One way into a service: a credential type and what follows from it. */
export interface Connection {
	/** Value of the node's parameter `authentication`, where the service has several ways in. */
	readonly authentication?: string;
	readonly credentialType: string;
	/** Base URL that all paths are below, without a trailing slash. */
	readonly baseUrl: (credentials: Credentials) => string;
	/** Names of the fields whose values are never shown. */
	readonly secrets: readonly string[];
	/** Those of them that a person has chosen, such as a password: data may hold the same text by chance, and are left as they are. */
	readonly chosen?: readonly string[];
	/** Forms that a secret has on its way, where it is not sent exactly as it was entered. */
	readonly sentSecrets?: (credentials: Credentials) => readonly string[];
	readonly session?: ProbedSession;
	/** What is wrong with the credentials as far as can be told without the service; then nothing is sent. */
	readonly check?: (credentials: Credentials) => Failure | undefined;
}

/** All that is particular to a service on the wire. */
export interface Service {
	/** As the user knows it: `Entu`. */
	readonly name: string;
	readonly connections: readonly [Connection, ...Connection[]];
	readonly limits: Limits;
	readonly arrayFormat?: 'indices' | 'brackets' | 'repeat' | 'comma';
	/** Headers of every request. */
	readonly headers?: Readonly<Record<string, string>>;
	/** Whether the user can say that its answers with a status of success that say no (`saysNo`) are data. */
	readonly refusesInBody?: true;
	/**
	 * The one place that knows how this service says yes, no, slow down, or session over.
	 * @param signal tells that the execution was stopped, for one that takes its time over a long answer
	 */
	readonly judge: (response: HttpResponse, request: Request, signal: AbortSignal | undefined) => Outcome | Promise<Outcome>;
}

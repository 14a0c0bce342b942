import type { IDataObject, IHttpRequestMethods } from 'n8n-workflow';

import { writeJson } from '../answer/json';
import type { Credentials } from '../session/session';
import type { Readable } from '../stream';
import type { Effect } from './retry';

/** What a request carries, made anew for each attempt: a stream can't be sent twice. */
export interface Body {
	readonly content: string | Buffer | Readable;
	readonly type: string;
	/** Length in bytes; without it the request would be sent in chunks, which many services refuse. */
	readonly length: number;
	/** Of a file, for those who look at a preview. */
	readonly name?: string;
}

/**
 * What an operation does after a request, as far as a preview can tell: it goes on with something in place of the answer, where that makes no
 * difference to what it sends; or, in words, what it makes of the answer.
 */
export type Next = string | { readonly answer: unknown };

export interface Request {
	/** Default: GET. */
	readonly method?: IHttpRequestMethods;
	/** Path below the base URL, made with `path`; or a full address on the same origin, such as a next-page link. */
	readonly path: string;
	readonly query?: IDataObject;
	/** The part of the query that is made from the secrets of the credential, and is as secret. */
	readonly secretQuery?: (credentials: Credentials) => IDataObject;
	readonly headers?: Readonly<Record<string, string>>;
	readonly body?: () => Promise<Body> | Body;
	/** Whether the body of the answer is wanted as a stream. */
	readonly stream?: boolean;
	/** Default: GET reads, everything else writes. Say `read` for a query that happens to be a POST. */
	readonly effect?: Effect;
	/** Default: what the user says, in ms. */
	readonly timeoutMs?: number;
	/** It must leave at most once, whatever comes back: the session is made sure of before. */
	readonly once?: true;
	/** The answer is a token that the user wants to see: it may well be the one of the session. */
	readonly revealsToken?: true;
	/** Whether any answer with a status of success is one, whatever stands in it. The client takes it from the user. */
	readonly statusDecides?: boolean;
	/** Neither needs a session nor is told by one. */
	readonly session?: false;
	/** A preview holds it back although it is sent like a read: it changes something, or nobody knows what it does. */
	readonly heldInPreview?: true;
	/** What follows it. Default: nothing that is sent. */
	readonly next?: Next;
}

/** A request to an address outside the service, such as signed storage: nothing of the credential travels with it. */
export interface PlainRequest extends Pick<Request, 'method' | 'headers' | 'body' | 'stream' | 'effect' | 'heldInPreview'> {
	readonly url: string;
	/** Whether the text of a success is what was asked for; by itself, every text is. */
	readonly isExpected?: (text: string) => boolean;
	/** What to do when it is not accepted. */
	readonly fix?: string;
}

/** Sent where neither the operation nor the user says otherwise, in ms. */
export const DEFAULT_TIMEOUT_MS = 60_000;

/** A JSON body. */
export function json(value: unknown): () => Body {
	const content = writeJson(value);
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

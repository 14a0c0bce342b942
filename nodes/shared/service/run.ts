import type { IExecuteFunctions, IHookFunctions, ILoadOptionsFunctions, IPollFunctions, IWebhookFunctions } from 'n8n-workflow';

import type { NotLoggedIn } from '../session/logIn';
import type { Credentials } from '../session/session';
import { Limiter } from './limiter';
import { DEFAULT_TIMEOUT_MS } from './request';

/** Where operations and triggers work with records and files: they use what all of these have. */
export type OperationContext = IExecuteFunctions | IPollFunctions | IWebhookFunctions;

/** What the client needs of n8n: there in all that works, in the editor's look-ups, and where webhooks are registered. */
export type Context = OperationContext | IHookFunctions | ILoadOptionsFunctions;

/** What all clients of one execution share. */
export interface Run {
	readonly signal: AbortSignal | undefined;
	/** Keeps to the user's 'Parallel Requests' across all items. */
	readonly limiter: Limiter;
	/** Refused log-ins by account, so that a wrong password is tried once and no account gets locked. */
	readonly refused: Map<string, NotLoggedIn>;
	/** Credentials with the session that was begun last, by account. */
	readonly renewed: Map<string, Credentials>;
	readonly timeoutMs: number;
	/** The user's 'Status Decides', where the service has it. */
	readonly statusDecides?: boolean;
}

/** What a single look-up in the editor works with. */
export function runAlone(parallel: number): Run {
	return { signal: undefined, limiter: new Limiter({ inFlight: parallel }), refused: new Map(), renewed: new Map(), timeoutMs: DEFAULT_TIMEOUT_MS };
}

import type { IExecuteFunctions, ILoadOptionsFunctions } from 'n8n-workflow';

import type { Credentials } from './define';
import { Limiter } from './limiter';
import type { NotLoggedIn } from './logIn';
import { DEFAULT_TIMEOUT_MS } from './request';

/** What the client needs of n8n: there in executions and in the editor's look-ups alike. */
export type Context = IExecuteFunctions | ILoadOptionsFunctions;

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
}

/** What a single look-up in the editor works with. */
export function runAlone(parallel: number): Run {
	return { signal: undefined, limiter: new Limiter({ inFlight: parallel }), refused: new Map(), renewed: new Map(), timeoutMs: DEFAULT_TIMEOUT_MS };
}

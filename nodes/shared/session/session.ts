import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { isRecord } from '../guards';
import { assertRunning } from '../wait';
import { Deadline, Overdue } from './deadline';
import type { NotLoggedIn } from './logIn';

export type Credentials = ICredentialDataDecryptedObject;

/** How a service with sessions is logged in to. The log-in itself is the credential's `preAuthentication`. */
export interface Session {
	/** Hidden expirable field of the credential that holds the token. */
	readonly tokenField: string;
	/** Hidden field that says which account the token was made for. */
	readonly ownerField: string;
	/** What `ownerField` must hold for the token to be usable with these credentials. */
	readonly ownerOf: (credentials: Credentials) => string;
	/** Hidden field with the time after which the token is not used any more, in ms since 1970. */
	readonly expiryField?: string;
}

/** Reads the credential from n8n as it is stored now. */
type ReadCredentials = () => Promise<Credentials>;
/** Sends a request with a blank token, which makes n8n log in and store the new token; puts the token into the given object. */
export type LogIn = (blank: Credentials) => Promise<NotLoggedIn | undefined>;

export type Renewal = { readonly credentials: Credentials } | { readonly failed: NotLoggedIn };

/** Log-ins under way in this process, so that many expired requests log in once. Holds no secret beyond the log-in itself. */
const underWay = new Map<string, Promise<Renewal>>();

/**
 * The credentials with a token that can be used: the stored one counts as blank when it was made for another user, password
 * or address, or has had its time.
 */
export function withUsableToken(session: Session | undefined, credentials: Credentials): Credentials {
	if (!session) return credentials;
	const isOwn = credentials[session.ownerField] === session.ownerOf(credentials);
	const isOver = session.expiryField !== undefined && Number(credentials[session.expiryField]) <= Date.now();
	return isOwn && !isOver ? credentials : { ...credentials, [session.tokenField]: '' };
}

/** Whether a log-in must come before the first request. */
export function needsLogIn(session: Session | undefined, credentials: Credentials): boolean {
	return session !== undefined && !credentials[session.tokenField];
}

interface Renewing {
	/** Identifies credential and account. */
	readonly key: string;
	readonly session: Session;
	/** The token that was refused; blank before the first log-in. */
	readonly usedToken: unknown;
	/** Of the execution that asks. */
	readonly signal: AbortSignal | undefined;
	/** How long it waits for a log-in that somebody else has begun, in ms. */
	readonly patienceMs: number;
	readonly read: ReadCredentials;
}

/**
 * Gets credentials with another token than the one that turned out to be over. One log-in serves all that ask for it at the same time;
 * a token that somebody else has renewed meanwhile, such as another worker, is taken over. One that takes too long is given up by those
 * who wait for it, and the next of them logs in.
 * @throws Stopped when the execution that asks is stopped
 */
export async function renew(asked: Renewing, logIn: LogIn): Promise<Renewal> {
	for (;;) {
		const running = underWay.get(asked.key);
		if (!running) return await begin(asked, logIn);
		const renewal = await others(running, asked);
		assertRunning(asked.signal);
		// A log-in that ended with its own execution says nothing to the others: one of them logs in then.
		if (isRenewal(renewal) && !wasStopped(renewal)) return renewal;
	}
}

/** What came of the log-in that another has begun; whatever it threw, as a value. */
async function others(running: Promise<Renewal>, { key, patienceMs, signal }: Renewing): Promise<unknown> {
	const deadline = new Deadline(patienceMs, signal);
	const outcome = await deadline.race(running).catch((error: unknown) => error);
	deadline.clear();
	if (outcome instanceof Overdue) forget(key, running);
	return outcome;
}

/** Unless another has taken its place. */
function forget(key: string, running: Promise<Renewal>): void {
	if (underWay.get(key) === running) underWay.delete(key);
}

async function begin({ key, session, usedToken, read }: Renewing, logIn: LogIn): Promise<Renewal> {
	const running = renewNow(session, usedToken, read, logIn);
	underWay.set(key, running);
	try {
		return await running;
	} finally {
		forget(key, running);
	}
}

function isRenewal(value: unknown): value is Renewal {
	return isRecord(value) && ('credentials' in value || 'failed' in value);
}

function wasStopped(renewal: Renewal): boolean {
	return 'failed' in renewal && renewal.failed.failure.reason === 'stopped';
}

async function renewNow(
	session: Session,
	usedToken: unknown,
	read: ReadCredentials,
	logIn: LogIn,
): Promise<Renewal> {
	const stored = withUsableToken(session, await read());
	const { tokenField } = session;
	if (stored[tokenField] && stored[tokenField] !== usedToken) return { credentials: stored };
	const blank = { ...stored, [tokenField]: '' };
	const failed = await logIn(blank);
	return failed ? { failed } : { credentials: blank };
}

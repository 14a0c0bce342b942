import type { Connection, Credentials } from './define';
import { isRecord } from './guards';
import type { NotLoggedIn } from './logIn';
import { assertRunning } from './wait';

/** Reads the credential from n8n as it is stored now. */
export type ReadCredentials = () => Promise<Credentials>;
/** Sends a request with a blank token, which makes n8n log in and store the new token; puts the token into the given object. */
export type LogIn = (blank: Credentials) => Promise<NotLoggedIn | undefined>;

export type Renewal = { readonly credentials: Credentials } | { readonly failed: NotLoggedIn };

/** Log-ins under way in this process, so that many expired requests log in once. Holds no secret beyond the log-in itself. */
const underWay = new Map<string, Promise<Renewal>>();

/**
 * The credentials with a token that can be used: the stored one counts as blank when it was made for another user, password
 * or address, or has had its time.
 */
export function withUsableToken(connection: Connection, credentials: Credentials): Credentials {
	const { session } = connection;
	if (!session) return credentials;
	const isOwn = credentials[session.ownerField] === session.ownerOf(credentials);
	const isOver = session.expiryField !== undefined && Number(credentials[session.expiryField]) <= Date.now();
	return isOwn && !isOver ? credentials : { ...credentials, [session.tokenField]: '' };
}

/** Whether a log-in must come before the first request. */
export function needsLogIn(connection: Connection, credentials: Credentials): boolean {
	return connection.session !== undefined && !credentials[connection.session.tokenField];
}

interface Renewing {
	/** Identifies credential and account. */
	readonly key: string;
	readonly connection: Connection;
	/** The token that was refused; blank before the first log-in. */
	readonly usedToken: unknown;
	/** Of the execution that asks. */
	readonly signal: AbortSignal | undefined;
	readonly read: ReadCredentials;
}

/**
 * Gets credentials with another token than the one that turned out to be over. One log-in serves all that ask for it at the same time;
 * a token that somebody else has renewed meanwhile, such as another worker, is taken over.
 * @throws FailureError `stopped` when the execution that asks is stopped
 */
export async function renew(asked: Renewing, logIn: LogIn): Promise<Renewal> {
	for (;;) {
		const running = underWay.get(asked.key);
		if (!running) return await begin(asked, logIn);
		const renewal = await running.catch((error: unknown) => error);
		assertRunning(asked.signal);
		// A log-in that ended with its own execution says nothing to the others: one of them logs in then.
		if (isRenewal(renewal) && !wasStopped(renewal)) return renewal;
	}
}

async function begin({ key, connection, usedToken, read }: Renewing, logIn: LogIn): Promise<Renewal> {
	const running = renewNow(connection, usedToken, read, logIn);
	underWay.set(key, running);
	try {
		return await running;
	} finally {
		underWay.delete(key);
	}
}

function isRenewal(value: unknown): value is Renewal {
	return isRecord(value) && ('credentials' in value || 'failed' in value);
}

function wasStopped(renewal: Renewal): boolean {
	return 'failed' in renewal && renewal.failed.failure.reason === 'stopped';
}

async function renewNow(
	connection: Connection,
	usedToken: unknown,
	read: ReadCredentials,
	logIn: LogIn,
): Promise<Renewal> {
	const stored = withUsableToken(connection, await read());
	const tokenField = connection.session?.tokenField ?? '';
	if (stored[tokenField] && stored[tokenField] !== usedToken) return { credentials: stored };
	const blank = { ...stored, [tokenField]: '' };
	const failed = await logIn(blank);
	return failed ? { failed } : { credentials: blank };
}

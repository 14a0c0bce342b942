import type { Connection, Credentials } from './define';
import type { Failure } from './failure';

/** Reads the credential from n8n as it is stored now. */
export type ReadCredentials = () => Promise<Credentials>;
/** Sends a request with a blank token, which makes n8n log in and store the new token; puts the token into the given object. */
export type LogIn = (blank: Credentials) => Promise<Failure | undefined>;

export type Renewal = { readonly credentials: Credentials } | { readonly refused: Failure };

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

/**
 * Gets credentials with another token than the one that turned out to be over. One log-in serves all that ask for it at the same time;
 * a token that somebody else has renewed meanwhile, such as another worker, is taken over.
 * @param key identifies credential and account
 * @param usedToken the token that was refused; blank before the first log-in
 */
export async function renew(
	key: string,
	connection: Connection,
	usedToken: unknown,
	read: ReadCredentials,
	logIn: LogIn,
): Promise<Renewal> {
	const running = underWay.get(key) ?? renewNow(connection, usedToken, read, logIn);
	underWay.set(key, running);
	try {
		return await running;
	} finally {
		if (underWay.get(key) === running) underWay.delete(key);
	}
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
	const refused = await logIn(blank);
	return refused ? { refused } : { credentials: blank };
}

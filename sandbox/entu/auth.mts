import type { Request } from 'express';
import { effect } from '../journal.mts';
import { EntuError } from './errors.mts';
import type { Claims } from './jwt.mts';
import { hashOf } from './keys.mts';
import { textOf, type Caller } from './model.mts';
import type { State } from './state.mts';

const REFRESH_MS = 14 * 24 * 3_600_000;
const SIGN_IN_MS = 30 * 24 * 3_600_000;

/** A credential without the word `Bearer `, which counts with its capital letter; several blanks, or none and no word, do no harm (§3.1). */
function credential(req: Request): string {
	return (req.headers.authorization ?? '').replace('Bearer ', '').trim();
}

/** The caller's address: July believes the first one of X-Forwarded-For, later servers the last (§3.2). */
function addressOf(req: Request, { settings }: State): string {
	if (settings.callerAddress !== null) return settings.callerAddress;
	const forwarded = String(req.headers['x-forwarded-for'] ?? '').split(',');
	const named = (settings.generation === 'later' ? forwarded.at(-1) : forwarded[0])?.trim();
	return (named || req.socket.remoteAddress || '').replace(/^::ffff:/, '');
}

/** Where a person's sign-in starts, for requests without a key. assumed: the path; later servers only (§3.1). */
export function signInAddress(req: Request, state: State): string | undefined {
	const missing = credential(req) === '' && state.settings.generation === 'later';
	return missing ? `${req.protocol}://${req.get('host')}${req.originalUrl.replace(/\?.*$/s, '')}/authorize` : undefined;
}

/** `GET /auth`: exchanges an API key for a token. */
export function login(req: Request, state: State): unknown {
	const key = credential(req);
	if (key === '') throw new EntuError(400, 'No key');
	const wanted = req.query.db ?? req.query.account;
	const holders = [...state.databases.values()]
		.filter((database) => wanted === undefined || database.name === wanted)
		.flatMap((database) => {
			const user = database.holderOfKey(hashOf(key));
			return user ? [{ database: database.name, user: user.id }] : [];
		});
	if (holders.length === 0 && state.settings.generation === 'later') throw new EntuError(401, 'Invalid credential');
	const accounts = Object.fromEntries(holders.map(({ database, user }) => [database, user]));
	const [first] = holders;
	if (first) effect(req, 'login', first.user);
	return answer(state, accounts, addressOf(req, state), state.now());
}

/** `GET /auth/refresh`: a new token for an old one, for a limited time. */
export function refresh(req: Request, state: State): unknown {
	if (credential(req) === '') throw new EntuError(400, 'No key');
	const old = claimsOf(req, state, true);
	const now = state.now();
	if (old.aud === undefined) throw invalid(state, 'jwt audience invalid');
	if (now - old.iat * 1000 > REFRESH_MS) throw new EntuError(401, 'Token too old, re-authenticate');
	if (now - old.authAt * 1000 > SIGN_IN_MS) throw new EntuError(401, 'Session expired, re-authenticate');
	const accounts = Object.entries(old.accounts).filter(([name, user]) => state.databases.get(name)?.get(user));
	if (accounts.length === 0) throw new EntuError(401, 'No accessible accounts');
	return answer(state, Object.fromEntries(accounts), old.aud, old.authAt * 1000);
}

function answer(state: State, accounts: Record<string, string>, address: string, signedInAt: number): unknown {
	const now = state.now();
	const life = state.settings.tokenLifeMs;
	// Short lives, used by tests only, keep their fraction of a second.
	const exp = life < 60_000 ? (now + life) / 1000 : Math.floor((now + life) / 1000);
	const claims: Claims = { accounts, authAt: Math.floor(signedInAt / 1000), iat: Math.floor(now / 1000), exp, aud: address, ...use(state) };
	const list = Object.entries(accounts).map(([name, user]) => ({
		_id: name,
		name,
		user: { _id: user, name: textOf(state.databases.get(name)?.get(user)?.private, 'name') ?? user },
	}));
	return { accounts: list, user: {}, token: state.tokens.sign(claims), expires: new Date(exp * 1000).toISOString() };
}

/** Later servers mark what a token is for, and take none without the mark (§3.2). */
const use = ({ settings }: State): Pick<Claims, 'use'> => (settings.generation === 'later' ? { use: 'access' } : {});

/** 401, in July with its own text. */
function invalid({ settings }: State, text: string): EntuError {
	return new EntuError(401, settings.generation === 'later' ? 'Invalid token' : text, settings.badTokenStatus);
}

function claimsOf(req: Request, state: State, allowExpired = false): Claims {
	let claims: Claims;
	try {
		claims = state.tokens.verify(credential(req), state.now(), allowExpired);
	} catch (error) {
		throw invalid(state, (error as Error).message);
	}
	if (claims.aud !== undefined && claims.aud !== addressOf(req, state)) throw invalid(state, 'Invalid JWT audience');
	if (state.settings.generation === 'later' && claims.use !== 'access') throw invalid(state, '');
	return claims;
}

/** Who calls, by database. Nobody without a token; 401 when it does not hold. */
export function accountsOf(req: Request, state: State): Readonly<Record<string, string>> {
	return credential(req) === '' ? {} : claimsOf(req, state).accounts;
}

export function callerIn(accounts: Readonly<Record<string, string>>, database: string): Caller {
	const user = accounts[database];
	return user === undefined ? {} : { user };
}

/** The token that a webhook carries: one minute, not bound to an address, with the rights of the person (§7.1). */
export function webhookToken(state: State, database: string, user: string): string {
	const now = Math.floor(state.now() / 1000);
	return state.tokens.sign({ accounts: { [database]: user }, authAt: now, iat: now, exp: now + 60, ...use(state) });
}

import { createHash } from 'node:crypto';
import type { Request } from 'express';
import { effect } from '../journal.mts';
import { EntuError } from './errors.mts';
import type { Claims } from './jwt.mts';
import { textOf, type Caller } from './model.mts';
import type { State } from './state.mts';

export const hashOf = (key: string): string => createHash('sha256').update(key).digest('hex');

const REFRESH_MS = 14 * 24 * 3_600_000;
const SIGN_IN_MS = 30 * 24 * 3_600_000;

/**
 * What follows `Bearer `: the word counts with its capital letter and one space, anything else is left in (§3.1).
 * assumed: a blank token, which arrives as the bare word, is therefore refused as malformed.
 */
function credential(req: Request): string | undefined {
	return req.headers.authorization?.replace(/^Bearer /, '');
}

function addressOf(req: Request, state: State): string {
	return state.settings.callerAddress ?? (req.socket.remoteAddress ?? '').replace(/^::ffff:/, '');
}

/** `GET /auth`: exchanges an API key for a token. */
export function login(req: Request, state: State): unknown {
	const key = credential(req);
	if (key === undefined || key === '') throw new EntuError(400, 'No key');
	const wanted = req.query.db ?? req.query.account;
	const holders = [...state.databases.values()]
		.filter((database) => wanted === undefined || database.name === wanted)
		.flatMap((database) => {
			const user = database.ownerOfKey(hashOf(key));
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
	const old = claimsOf(req, state, true);
	if (!old) throw new EntuError(400, 'No key');
	const now = state.now();
	const stale = now - old.iat * 1000 > REFRESH_MS || now - old.authAt * 1000 > SIGN_IN_MS;
	if (old.aud === undefined || stale) throw new EntuError(401, 'Invalid token');
	return answer(state, old.accounts, old.aud, old.authAt * 1000);
}

function answer(state: State, accounts: Record<string, string>, address: string, signedInAt: number): unknown {
	const now = state.now();
	const life = state.settings.tokenLifeMs;
	// Short lives, used by tests only, keep their fraction of a second.
	const exp = life < 60_000 ? (now + life) / 1000 : Math.floor((now + life) / 1000);
	const claims: Claims = {
		accounts,
		authAt: Math.floor(signedInAt / 1000),
		iat: Math.floor(now / 1000),
		exp,
		aud: address,
		...(state.settings.generation === 'later' ? { use: 'access' as const } : {}),
	};
	const list = Object.entries(accounts).map(([name, user]) => ({
		_id: name,
		name,
		user: { _id: user, name: textOf(state.databases.get(name)?.get(user)?.view, 'name') },
	}));
	return { accounts: list, user: {}, token: state.tokens.sign(claims), expires: new Date(exp * 1000).toISOString() };
}

function claimsOf(req: Request, state: State, allowExpired = false): Claims | undefined {
	const token = credential(req);
	if (token === undefined || token === '') return undefined;
	try {
		const claims = state.tokens.verify(token, state.now(), allowExpired);
		if (claims.aud !== undefined && claims.aud !== addressOf(req, state)) throw new Error('Invalid JWT audience');
		return claims;
	} catch (error) {
		throw new EntuError(401, state.settings.generation === 'later' ? 'Invalid token' : (error as Error).message, state.settings.badTokenStatus);
	}
}

/** Who calls, in this database. Nobody without a token or when the token does not open it; 401 when it does not hold. */
export function callerOf(req: Request, state: State, database: string): Caller {
	const user = claimsOf(req, state)?.accounts[database];
	return user === undefined ? {} : { user };
}

/** The token that a webhook carries: one minute, not bound to an address, with the rights of the person (§7.1). */
export function webhookToken(state: State, database: string, user: string): string {
	const now = Math.floor(state.now() / 1000);
	return state.tokens.sign({ accounts: { [database]: user }, authAt: now, iat: now, exp: now + 60 });
}

import { createHmac, timingSafeEqual } from 'node:crypto';

/** What a token of the sandbox says. The content of the service's own tokens is unknown (vendors/accutics.md §2.2). */
export interface Claims {
	/** The API user. */
	sub: string;
	/** assumed: which records the user sees; a record without a group is for everybody. */
	groups: string[];
	/** assumed: a reader changes nothing. */
	role: 'editor' | 'reader';
	/** Seconds since 1970. */
	iat: number;
	exp: number;
}

const SECRET = 'accutics-sandbox';
const HEADER = encode({ alg: 'HS256', typ: 'JWT' });

export function sign(claims: Claims, secret = SECRET): string {
	const body = `${HEADER}.${encode(claims)}`;
	return `${body}.${mac(body, secret)}`;
}

/** The claims of a token that holds at `now` (ms), else nothing. */
export function verify(token: string, now: number): Claims | undefined {
	const [header = '', body = '', signature = ''] = token.split('.');
	const expected = mac(`${header}.${body}`, SECRET);
	if (signature.length !== expected.length || !timingSafeEqual(Buffer.from(signature), Buffer.from(expected))) return undefined;
	const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as Claims;
	return claims.exp * 1000 > now ? claims : undefined;
}

function mac(text: string, secret: string): string {
	return createHmac('sha256', secret).update(text).digest('base64url');
}

function encode(data: unknown): string {
	return Buffer.from(JSON.stringify(data)).toString('base64url');
}

import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

export interface Claims {
	/** Database -> entity id of the user. */
	accounts: Record<string, string>;
	/** Seconds since 1970, all three. */
	exp: number;
	iat: number;
	authAt: number;
	/** Address of the caller who asked; absent in webhook tokens. */
	aud?: string;
	use?: 'access';
}

const encode = (data: unknown) => Buffer.from(JSON.stringify(data)).toString('base64url');
const HEADER = encode({ alg: 'HS256', typ: 'JWT' });

/** Signs and reads HS256 tokens. Retiring makes all tokens so far read as expired. */
export class Tokens {
	private secret = randomBytes(32);
	private retired: Buffer[] = [];

	constructor(private readonly note: (token: string) => string) {}

	sign(claims: Claims): string {
		const body = `${HEADER}.${encode(claims)}`;
		return this.note(`${body}.${mac(body, this.secret)}`);
	}

	/** Throws with the July texts (§3.2) on a token that does not hold; `now` in ms. */
	verify(token: string, now: number, allowExpired = false): Claims {
		const [header, body, signature, ...rest] = token.split('.');
		if (header === undefined || body === undefined || signature === undefined || rest.length > 0) throw new Error('jwt malformed');
		if (![header, body].every((part) => /^[\w-]+$/.test(part)) || !isJson(header)) throw new Error('invalid token');
		if (signature === '') throw new Error('jwt signature is required');
		const signed = (secret: Buffer) => same(mac(`${header}.${body}`, secret), signature);
		if (this.retired.some(signed)) throw new Error('jwt expired');
		if (!signed(this.secret)) throw new Error('invalid signature');
		const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as Claims;
		if (!allowExpired && claims.exp * 1000 <= now) throw new Error('jwt expired');
		return claims;
	}

	retire(): void {
		this.retired.push(this.secret);
		this.secret = randomBytes(32);
	}

	reset(): void {
		this.retired = [];
		this.secret = randomBytes(32);
	}
}

function isJson(part: string): boolean {
	try {
		return typeof JSON.parse(Buffer.from(part, 'base64url').toString()) === 'object';
	} catch {
		return false;
	}
}

function mac(text: string, secret: Buffer): string {
	return createHmac('sha256', secret).update(text).digest('base64url');
}

function same(a: string, b: string): boolean {
	return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}

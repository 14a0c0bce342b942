import { randomBytes } from 'node:crypto';
import type { Clock } from '../clock.mts';

interface Issued {
	email: string;
	company: string;
	expires: number;
}

/** Tokens of the web service: opaque, for one user in one company, three calendar months long (vendors/smartconnect.md §2.2). */
export class Tokens {
	private readonly issued = new Map<string, Issued>();

	constructor(private readonly clock: Clock, private readonly note: (token: string) => string) {}

	issue(email: string, company: string): string {
		const expires = new Date(this.clock.now());
		expires.setUTCMonth(expires.getUTCMonth() + 3);
		const token = this.note(opaque());
		this.issued.set(token, { email, company, expires: expires.getTime() });
		return token;
	}

	find(token: string): Issued | undefined {
		const found = this.issued.get(token);
		return found && found.expires > this.clock.now() ? found : undefined;
	}

	reset(): void {
		this.issued.clear();
	}
}

/** Base64 that always holds `+`, `/` and `=`, so that a caller who does not encode it fails. */
function opaque(): string {
	for (;;) {
		const token = randomBytes(97).toString('base64');
		if (token.includes('+') && token.includes('/')) return token;
	}
}

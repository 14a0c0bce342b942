import { randomBytes } from 'node:crypto';
import type { Clock } from '../clock.mts';

const REFRESH_MS = 7 * 24 * 3_600_000;

/** Tokens of the newer API; the lifetimes are assumed (vendors/smartconnect.md §4). */
export class RestTokens {
	private readonly issued = new Map<string, { user: string; kind: 'access' | 'refresh'; expires: number }>();

	constructor(
		private readonly clock: Clock,
		private readonly settings: { accessLifeMs: number },
		private readonly note: (token: string) => string,
	) {}

	issue(user: string): { access_token: string; refresh_token: string } {
		return { access_token: this.add(user, 'access', this.settings.accessLifeMs), refresh_token: this.add(user, 'refresh', REFRESH_MS) };
	}

	userOf(token: string, kind: 'access' | 'refresh'): string | undefined {
		const found = this.issued.get(token);
		return found?.kind === kind && found.expires > this.clock.now() ? found.user : undefined;
	}

	/** Ends the access tokens; those for refreshing stay. */
	endSessions(): void {
		for (const [token, { kind }] of this.issued) if (kind === 'access') this.issued.delete(token);
	}

	reset(): void {
		this.issued.clear();
	}

	private add(user: string, kind: 'access' | 'refresh', ms: number): string {
		const token = this.note(randomBytes(48).toString('base64url'));
		this.issued.set(token, { user, kind, expires: this.clock.now() + ms });
		return token;
	}
}

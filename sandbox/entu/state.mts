import type { Room } from '../service.mts';
import { Database } from './database.mts';
import { Tokens } from './jwt.mts';
import { seedDatabases } from './seed.mts';
import { FileStore } from './files.mts';

export interface EntuSettings {
	/** Which server answers: commit of July 2026 or the later ones (vendors/entu.md, head). */
	generation: 'july' | 'later';
	/** Life of a token, ms. */
	tokenLifeMs: number;
	/** HTTP status of the answer to a token that does not hold; its body says 401 in any case. assumed: 200, as behind a proxy. */
	badTokenStatus: 401 | 200;
	/** The caller's address as the server sees it; `null` = the real one. */
	callerAddress: string | null;
	/** After how long names and rights reach the entities that refer to a changed one, ms. */
	nameRefreshMs: number;
	/** Life of signed upload and download addresses, ms. */
	storageLifeMs: number;
	/** Webhooks to loopback addresses over http, which the real service refuses. */
	allowLoopbackWebhooks: boolean;
}

export const entuDefaults: EntuSettings = {
	generation: 'july',
	tokenLifeMs: 12 * 3_600_000,
	badTokenStatus: 401,
	callerAddress: null,
	nameRefreshMs: 2_000,
	storageLifeMs: 60_000,
	allowLoopbackWebhooks: true,
};

/** Everything the Entu service holds while it runs. */
export class State {
	readonly tokens: Tokens;
	readonly databases = new Map<string, Database>();
	readonly files: FileStore;

	constructor(readonly room: Room<EntuSettings>) {
		this.tokens = new Tokens(room.issue);
		this.files = new FileStore(room);
		this.reset();
	}

	get settings(): Room<EntuSettings>['settings'] {
		return this.room.settings;
	}

	now(): number {
		return this.room.clock.now();
	}

	reset(): void {
		this.tokens.reset();
		this.files.reset();
		this.databases.clear();
		for (const seed of seedDatabases()) this.databases.set(seed.name, new Database(seed, this.room.clock));
	}
}

import type { Room } from '../service.mts';
import { Database } from './database.mts';
import { FileStore } from './files.mts';
import { Tokens } from './jwt.mts';
import { seedDatabases, seedFiles } from './seed.mts';
import type { EntuSettings } from './settings.mts';

/** Everything the Entu service holds while it runs. */
export class State {
	readonly tokens: Tokens;
	readonly databases = new Map<string, Database>();
	readonly files: FileStore;

	constructor(readonly room: Room<EntuSettings>) {
		this.tokens = new Tokens(room.issue);
		this.files = new FileStore(room);
		seedFiles(this.files);
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
		for (const seed of seedDatabases()) this.databases.set(seed.name, new Database(seed, this.room.clock, this.settings));
	}
}

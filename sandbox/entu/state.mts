import type { Room } from '../service.mts';
import { Database } from './database.mts';
import { FileStore } from './files.mts';
import { Tokens } from './jwt.mts';
import { seedDatabases, seedFiles } from './seed.mts';
import type { EntuSettings } from './settings.mts';

/** Everything the Entu service holds while it runs. */
export class State {
	readonly tokens: Tokens;
	private opened: ReadonlyMap<string, Database> | undefined;
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

	/** Filled on first use, so that nobody waits for them who works with another service. */
	get databases(): ReadonlyMap<string, Database> {
		this.opened ??= new Map(seedDatabases().map((seed) => [seed.name, new Database(seed, this.room.clock, this.settings)]));
		return this.opened;
	}

	now(): number {
		return this.room.clock.now();
	}

	reset(): void {
		this.tokens.reset();
		this.files.reset();
		this.opened = undefined;
	}
}

import type { Room } from '../service.mts';
import { seed, type Collection, type Row } from './seed.mts';

/** How the service behaves where nothing public says how Ento does: each switch is one of the possible ways. */
export interface EntoSettings {
	/** Refuses requests that are marked as sent over plain HTTP (`x-forwarded-proto: http`). */
	refusePlain: boolean;
	/** A wrong key gets 403, as from a gateway in front of the API, instead of 401. */
	gateway: boolean;
	/** Employees and shifts may be written; otherwise such requests get 405. */
	writable: boolean;
	/** Writes are answered with 204 and no body. */
	noContent: boolean;
	errorBody: 'message' | 'error' | 'nested' | 'errors' | 'fields' | 'detail' | 'text' | 'empty';
	/** In front of all paths, such as `/v1`. */
	prefix: string;
	/** Other paths in place of `/staff`, `/shifts`, `/areas`, `/roles`: which then are not there. */
	paths: Readonly<Record<string, string>>;
	/** Other names of parameters, by the usual ones: which then count for nothing. */
	names: Readonly<Record<string, string>>;
	/** Whether yes and no are taken as words too, or as 1 and 0 alone. */
	booleans: 'any' | 'oneZero';
	/** The form of dates that is taken; any other gets 400. */
	dates: 'yyyy-MM-dd' | 'dd/MM/yyyy';
	/** A list is an array, an array under `data`, one under the name of what is listed, or one at `response.records`. */
	listShape: 'bare' | 'data' | 'named' | 'nested';
	/** A single record is the answer, or stands under `data`. */
	recordShape: 'bare' | 'data';
	/**
	 * How lists come in pages: by number, by offset, with the address or the token of the next page. `whole` sends all at once
	 * whatever is asked for, `first` the same first page again and again, `ownSize` pages of a size of its own.
	 */
	paging: 'page' | 'offset' | 'link' | 'cursor' | 'whole' | 'first' | 'ownSize';
	/** An answer that is no bare array tells how many records there are. */
	tellsTotal: boolean;
	/** Origin that the addresses of next pages point to, in place of the own one. */
	foreignNext: string | null;
}

export const entoDefaults: EntoSettings = {
	refusePlain: true,
	gateway: false,
	writable: false,
	noContent: false,
	errorBody: 'message',
	prefix: '',
	paths: {},
	names: {},
	booleans: 'any',
	dates: 'yyyy-MM-dd',
	listShape: 'data',
	recordShape: 'bare',
	paging: 'page',
	tellsTotal: true,
	foreignNext: null,
};

/** Everything the Ento service holds while it runs. */
export class State {
	private rows!: Record<Collection, Row[]>;
	private created = 0;

	constructor(readonly room: Room<EntoSettings>) {
		this.reset();
	}

	get settings(): Room<EntoSettings>['settings'] {
		return this.room.settings;
	}

	reset(): void {
		this.rows = seed(this.room.clock.now());
		this.created = 0;
	}

	list(collection: Collection): Row[] {
		return this.rows[collection];
	}

	find(collection: Collection, id: string): Row | undefined {
		return this.rows[collection].find((row) => row.id === id);
	}

	add(collection: Collection, fields: Record<string, unknown>): Row {
		this.created += 1;
		const row = { ...fields, id: `NEW${this.created}` };
		this.rows[collection].push(row);
		return row;
	}

	remove(collection: Collection, id: string): void {
		this.rows[collection] = this.rows[collection].filter((row) => row.id !== id);
	}
}

import type { Room } from '../service.mts';
import { CONTRACT, type Doc, type Entry } from './model.mts';
import { makeMore, seedDocuments, seedEntries } from './seed.mts';
import type { EndocsSettings } from './settings.mts';

/** Everything the EnDocs service holds while it runs. */
export class State {
	documents: Doc[] = [];
	entries: Entry[] = [];
	private newerWereRead = false;
	private lastId = 0;

	constructor(private readonly room: Room<EndocsSettings>) {
		this.reset();
	}

	get settings() {
		return this.room.settings;
	}

	reset(): void {
		this.documents = seedDocuments();
		this.entries = seedEntries();
		this.newerWereRead = false;
		this.lastId = 2000;
	}

	newId(): number {
		return ++this.lastId;
	}

	/** A new document, with the greatest id. */
	addOne(type: string): Doc {
		return this.insert(type, this.newId());
	}

	/** A document that got its id before others did, and shows up only after them (A8). */
	addLate(type: string): Doc {
		const ids = new Set(this.documents.map(({ id }) => id));
		let id = Math.max(...ids);
		while (ids.has(id)) id--;
		return this.insert(type, id);
	}

	private insert(type: string, id: number): Doc {
		const [made] = makeMore(type, 1, id);
		if (!made) throw new Error('Nothing was made.');
		this.documents = [...this.documents, made];
		return made;
	}

	addMany(type: string, count: number): number {
		const made = makeMore(type, count, this.lastId + 1);
		this.lastId += count;
		const typeIds = new Set(made.map(({ docTypeId }) => docTypeId));
		this.documents = [...this.documents, ...made];
		return this.documents.filter(({ docTypeId }) => typeIds.has(docTypeId)).length;
	}

	/** With `lateArrival`, the first contract stays out of sight until newer ones were read (A8). */
	contracts(): Doc[] {
		const all = this.ofTypes([CONTRACT]);
		const isHidden = this.settings.lateArrival && !this.newerWereRead;
		this.newerWereRead = true;
		return isHidden ? all.slice(1) : all;
	}

	ofTypes(docTypeIds: readonly number[]): Doc[] {
		return this.documents.filter(({ docTypeId }) => docTypeIds.includes(docTypeId));
	}
}

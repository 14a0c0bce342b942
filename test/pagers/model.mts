/**
 * A model of services that give a list page by page, honest ones and ones that are not, for the pagers of the kit. Honest services
 * lose and double nothing; of others, whatever is lost or doubled is told in a hint.
 */
import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { byCursor, byLargest, byLink, byOffset, byPage, byPageOrLink, type Caution, type Page, type Pager } from '../../nodes/shared/pages';

export const styles = ['page', 'offset', 'cursor', 'link', 'page or link', 'largest'] as const;
export const lies = [
	'total too small', 'total zero', 'total negative', 'total of the page', 'total too large', 'next goes back', 'next goes in a circle', 'next is missing',
	'inserted before', 'deleted before', 'hidden', 'smaller pages', 'smaller last pages', 'same page again', 'ties',
] as const;
export type Lie = (typeof lies)[number];

export interface Service {
	readonly style: (typeof styles)[number];
	readonly count: number;
	/** The most it gives at once. */
	readonly most: number;
	readonly tells: 'total' | 'last' | 'next' | 'total and next' | 'nothing';
	/** None for an honest one. */
	readonly lie?: Lie;
	/** The request at which a lie begins, from 1. */
	readonly when: number;
}

export interface Reader {
	readonly size: number;
	/** How many times as large pages after the first may be, where the style bears it. */
	readonly growth: number;
	readonly parallel: number;
	/** Whether the reader knows what tells records apart. */
	readonly knowsIds: boolean;
}

export interface Reading {
	readonly lost: number;
	readonly doubled: number;
	readonly hints: readonly string[];
	readonly requests: number;
	readonly endless: boolean;
}

const MOST_REQUESTS = 500;
const SETTLED = new Error('too many requests');

/** Whether a service can be read at all: one that says nothing of an end can't be told from one that is done, if it gives less than asked for. */
function isReadable({ style, most, tells, lie }: Service, { size }: Reader): boolean {
	if (style === 'cursor' || style === 'link') return tells === 'next' || tells === 'total and next';
	if (style === 'page or link') return tells !== 'nothing' && tells !== 'last';
	if (style === 'largest') return tells === 'nothing' && lie?.startsWith('next') !== true && lie?.startsWith('total') !== true;
	return most >= size || tells === 'total' || tells === 'last' || tells === 'total and next';
}

/** Whether the lie can be told in this style. */
function canLie({ style, tells, lie }: Service): boolean {
	if (!lie) return true;
	if (lie.startsWith('total')) return tells.includes('total');
	if (lie.startsWith('next')) return ['cursor', 'link', 'page or link'].includes(style) && tells.includes('next');
	if (lie === 'ties') return style === 'largest';
	// Read by the largest ID, a list may grow and shrink behind the reader.
	if (style === 'largest') return false;
	return true;
}

/** Whether anybody could notice: a lie that no answer gives away asks for nothing. */
function isNoticeable({ lie, style, tells, count, most, when }: Service, { size, growth, knowsIds }: Reader): boolean {
	const told = tells.includes('total');
	const full = Math.min(size, most);
	// Where pages after the first are asked to be larger than the service makes them, they are as large as it does.
	const isCapped = style === 'offset' && size < most && most < size * growth;
	const endsWithPage = (position: number): boolean => position % full === 0 || (isCapped && position > full && (position - full) % most === 0);
	switch (lie) {
		case 'deleted before':
		case 'next is missing':
			return told;
		case 'inserted before':
			return told || (knowsIds && style !== 'page or link');
		case 'smaller pages':
			return tells !== 'nothing' && (told || knowsIds);
		case 'smaller last pages':
			// One that is smaller and happens to make the count complete looks like the last one.
			return tells !== 'nothing' && (knowsIds || (told && (style !== 'page' || when * full + full - 1 !== count)));
		// A count that is reached exactly at the end of a page, where nothing else is told, looks like the truth.
		case 'total of the page':
			return tells !== 'total';
		case 'total too small':
			return tells !== 'total' || !endsWithPage(Math.floor(count / 2));
		// A page of one record that is hidden looks like the end, and one with the same ID as the next like the only one.
		case 'hidden':
			return tells !== 'nothing' || full > 1;
		case 'ties':
			return most > 1;
		default:
			return true;
	}
}

export const cases = (honest: boolean): fc.Arbitrary<{ service: Service; reader: Reader }> =>
	fc
		.record({
			service: fc.record({
				style: fc.constantFrom(...styles),
				count: fc.nat(60),
				most: fc.integer({ min: 1, max: 12 }),
				tells: fc.constantFrom('total' as const, 'last' as const, 'next' as const, 'total and next' as const, 'nothing' as const),
				lie: honest ? fc.constant(undefined) : fc.constantFrom(...lies),
				when: fc.integer({ min: 1, max: 5 }),
			}),
			reader: fc.record({ size: fc.integer({ min: 1, max: 12 }), growth: fc.integer({ min: 1, max: 5 }), parallel: fc.integer({ min: 1, max: 4 }), knowsIds: fc.boolean() }),
		})
		.filter(({ service, reader }) => isReadable(service, reader) && canLie(service) && isNoticeable(service, reader));

/** Reads the whole list, and compares with what the service had from the first request to the last. */
export async function read(service: Service, reader: Reader): Promise<Reading> {
	const world = new World(service, reader.size);
	const hints: string[] = [];
	const got = new Map<string, number>();
	let endless = false;
	const caution: Caution = reader.knowsIds ? { idOf: ({ id }) => String(id) } : {};
	try {
		const pages = pagerFor(service, reader, caution)({ ask: async (where) => await world.answer(where), wanted: Infinity, parallel: reader.parallel, note: (text) => hints.push(text) });
		for await (const page of pages) for (const record of page) got.set(key(record), (got.get(key(record)) ?? 0) + 1);
	} catch (error) {
		if (error !== SETTLED) throw error;
		endless = true;
	}
	const always = world.always().map(key);
	return {
		lost: always.filter((name) => !got.has(name)).length,
		doubled: [...got.values()].filter((times) => times > 1).length,
		hints,
		requests: world.requests,
		endless,
	};
}

const key = ({ id, name }: IDataObject) => `${String(id)} ${String(name)}`;

function pagerFor({ style }: Service, { size, growth }: Reader, caution: Caution): Pager {
	switch (style) {
		case 'page':
			return byPage({ page: 'page', size: 'limit' }, size, 1, caution);
		case 'offset':
			return byOffset({ offset: 'offset', limit: 'limit' }, { first: size, later: size * growth }, caution);
		case 'cursor':
			return byCursor('cursor', { limit: size }, caution);
		case 'link':
			return byLink({ limit: size }, caution);
		case 'page or link':
			return byPageOrLink({ page: 'page', size: 'limit' }, size, caution);
		case 'largest':
			return byLargest('after', 'id', 0, MOST_REQUESTS);
	}
}

/** The records of a service, and what it says of them. */
class World {
	requests = 0;
	private records: IDataObject[];
	private readonly gone = new Set<IDataObject>();
	private readonly atStart: ReadonlySet<IDataObject>;
	private previous: Page = { records: [] };

	constructor(
		private readonly service: Service,
		private readonly asked: number,
	) {
		const tied = service.lie === 'ties';
		this.records = Array.from({ length: service.count }, (_, i) => ({ id: tied ? 1 + Math.floor(i / 4) : i + 1, name: `r${i}` }));
		this.atStart = new Set(this.records);
	}

	/** What was there from the beginning to the end, and may be seen. */
	always(): IDataObject[] {
		return [...this.atStart].filter((record) => !this.gone.has(record) && !this.isHidden(record));
	}

	async answer({ query, url }: { query?: IDataObject; url?: string }): Promise<Page> {
		if (++this.requests > MOST_REQUESTS) throw SETTLED;
		if (this.requests === this.service.when + 1) this.change();
		const given = url === undefined ? new Map(Object.entries(query ?? {}).map(([name, value]) => [name, String(value)])) : new Map(new URLSearchParams(url.split('?')[1]));
		const page = this.service.lie === 'same page again' && this.requests > this.service.when ? this.previous : this.pageAt(given);
		this.previous = page;
		return page;
	}

	/** Records come and go while the list is read. */
	private change(): void {
		const { lie } = this.service;
		if (lie === 'inserted before') this.records = [{ id: 1000, name: 'new' }, ...this.records];
		if (lie === 'deleted before' && this.records[0]) {
			this.gone.add(this.records[0]);
			this.records = this.records.slice(1);
		}
	}

	private pageAt(given: ReadonlyMap<string, string>): Page {
		const { style } = this.service;
		if (style === 'largest') {
			const after = Number(given.get('after'));
			return { records: this.records.filter(({ id }) => Number(id) > after).slice(0, this.service.most) };
		}
		const size = this.sizeOf(Number(given.get('limit') ?? this.asked));
		const place = given.get('cursor') ?? given.get('offset');
		const start = place === undefined ? (Number(given.get('page') ?? 1) - 1) * size : Number(place);
		const slice = this.records.slice(start, start + size);
		return { records: slice.filter((record) => !this.isHidden(record)), ...this.told(start, size) };
	}

	private sizeOf(limit: number): number {
		const { lie, most, when } = this.service;
		const size = Math.max(1, Math.min(limit, most));
		if (lie === 'smaller pages') return Math.max(1, Math.floor(size / 2));
		return lie === 'smaller last pages' && this.requests > when ? Math.max(1, size - 1) : size;
	}

	private isHidden({ id }: IDataObject): boolean {
		return this.service.lie === 'hidden' && Number(id) % 3 === 0;
	}

	private told(start: number, size: number): Partial<Page> {
		const { tells, style } = this.service;
		const hasNext = start + size < this.records.length;
		const next = this.next(start, size, hasNext);
		return {
			...(tells.includes('total') ? { total: this.total(size), ...(style === 'page or link' ? { size } : {}) } : {}),
			...(tells === 'last' ? { last: !hasNext } : {}),
			...(tells.includes('next') && next !== undefined ? { next: style === 'cursor' ? String(next) : `/list?offset=${next}&limit=${size}` } : {}),
		};
	}

	private total(size: number): number {
		const { length } = this.records;
		switch (this.service.lie) {
			case 'total too small':
				return Math.floor(length / 2);
			case 'total zero':
				return 0;
			case 'total negative':
				return -1;
			case 'total of the page':
				return Math.min(size, length);
			case 'total too large':
				return length + 5;
			default:
				return length;
		}
	}

	private next(start: number, size: number, hasNext: boolean): number | undefined {
		const { lie, when } = this.service;
		const lying = this.requests >= when && hasNext;
		if (lying && lie === 'next is missing') return undefined;
		if (lying && lie === 'next goes back') return start;
		if (lying && lie === 'next goes in a circle') return 0;
		return hasNext ? start + size : undefined;
	}
}

/** The name of what is wrong with a reading, for counting. */
export const flawName = ({ lie, style }: Service, flaw: string): string => `${lie ?? 'honest'}, by ${style}: ${flaw.replace(/^\d+ /, '')}`;

/** What is wrong with a reading; nothing when all is well. */
export function flawOf({ lie }: Service, { lost, doubled, hints, endless }: Reading): string | undefined {
	if (endless) return 'without end';
	if (lie === undefined) return lost > 0 ? `${lost} lost` : doubled > 0 ? `${doubled} doubled` : hints.length > 0 ? 'a hint without need' : undefined;
	return (lost > 0 || doubled > 0) && hints.length === 0 ? `${lost > 0 ? 'lost' : 'doubled'} without a hint` : undefined;
}

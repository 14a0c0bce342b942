import { objectId, type Fields } from './model.mts';
import { known, SEED_START } from './seed-known.mts';

/** A property of a record to be seeded; `id` where the value's id is to be well known. */
export type Property = [type: string, fields: Fields, id?: string];

/** Invented records, always the same for the same number. */
export type Maker = (number: number) => Property[];

const HOUR = 3600;
const DAY_MS = 86_400_000;
const PEOPLE = 60;
const AUTHORS = 320;
const BOOKS = 3_500;

const FIRST = ['Anna', 'Juhan', 'Mari', 'Peeter', 'Liis', 'Olev', 'Kati', 'Rein', 'Siiri', 'Tõnu'];
const LAST = ['Tamm', 'Saar', 'Sepp', 'Mägi', 'Kask', 'Kukk', 'Rebane', 'Ilves', 'Pärn', 'Koppel', 'Oja', 'Luik', 'Raud'];
const ADJECTIVES = ['Silent', 'Northern', 'Forgotten', 'Amber', 'Distant', 'Little', 'Burning', 'Hidden', 'Last', 'Paper', 'Winter'];
const NOUNS = ['Harbour', 'Garden', 'Atlas', 'Island', 'Lantern', 'Forest', 'Machine', 'Letters', 'Museum', 'Orchard', 'River', 'Bridge', 'Clock'];
const GENRES = ['fiction', 'science', 'history', 'children'];
const STATUSES = ['new', 'worn', 'lost'];
const TAGS = ['signed', 'first edition', 'donated', 'fragile', 'reading room'];
const COUNTRIES = ['EE', 'FI', 'GB', 'SE', 'US'];

const pick = (list: readonly string[], number: number) => list[number % list.length] ?? '';
const day = (ms: number) => new Date(Math.floor(ms / DAY_MS) * DAY_MS).toISOString();
const moment = (ms: number) => new Date(ms).toISOString();

export const text = (string: string, language?: string): Fields => (language ? { string, language } : { string });
export const ref = (reference: string): Fields => ({ reference });
export const owned = (type: string, sharing?: string): Property[] => [
	['_type', ref(type)],
	['_owner', ref(known.owner)],
	...(sharing ? [['_sharing', text(sharing)] as Property] : []),
];

export const idOf = {
	person: (number: number) => objectId(SEED_START + number * HOUR, '0000000a00', number),
	author: (number: number) => objectId(SEED_START + number * HOUR, '0000000b00', number),
	book: (number: number) => objectId(SEED_START + number * HOUR, '0000000c00', number),
	lending: (number: number) => objectId(SEED_START + number * 2 * HOUR, '0000000d00', number),
};

export const counts = { person: PEOPLE, author: AUTHORS, book: BOOKS, lending: 1_200 } as const;
export type Kind = keyof typeof counts;

export const person: Maker = (n) => [
	...owned(known.typePerson, 'domain'),
	['name', text(`${pick(FIRST, n)} ${pick(LAST, n)}`)],
	['email', text(`reader${n}@example.org`)],
	['phone', text(`+372 5000 ${String(n).padStart(4, '0')}`)],
];

export const author: Maker = (n) => [
	...owned(known.typeAuthor, n % 4 === 0 ? 'public' : 'domain'),
	['name', text(`${pick(FIRST, n * 7)} ${pick(LAST, n * 3)} ${n}`)],
	['born', { date: day(Date.UTC(1900 + (n % 95), n % 12, 1 + (n % 28))) }],
	['country', text(pick(COUNTRIES, n))],
	['biography', text(`Writer of ${pick(NOUNS, n).toLowerCase()} stories.`, 'en')],
];

export const book: Maker = (n) => {
	const title = `${pick(ADJECTIVES, n)} ${pick(NOUNS, n * 5 + 1)}`;
	return [
		...owned(known.typeBook, 'domain'),
		['_parent', ref(n % 2 === 0 ? known.folder : known.closedFolder)],
		['name', text(`${title} ${n}`)],
		['description', text(`About a ${pick(NOUNS, n).toLowerCase()}.`, 'en')],
		...(n % 3 === 0 ? [['description', text('Eestikeelne kirjeldus.', 'et')] as Property] : []),
		['isbn', text(`978-0-00-${String(n).padStart(6, '0')}`)],
		['pages', { number: 40 + ((n * 37) % 900) }],
		['price', { number: Math.round(500 + ((n * 73) % 4500)) / 100 }],
		['available', { boolean: n % 5 !== 0 }],
		['published', { date: day(Date.UTC(1950 + (n % 75), n % 12, 1 + (n % 28))) }],
		['author', ref(idOf.author(1 + (n % AUTHORS)))],
		['status', text(pick(STATUSES, n))],
		['genre', text(pick(GENRES, n))],
		...(n % 4 === 0 ? [['genre', text(pick(GENRES, n + 1))] as Property] : []),
		...(n % 6 === 0 ? [['tags', text(pick(TAGS, n))] as Property] : []),
		['code', { string: `INV-${n}`, number: n }],
	];
};

export const lending: Maker = (n) => {
	const lent = (SEED_START + n * 2 * HOUR) * 1000;
	return [
		...owned(known.typeLending),
		...(n % 40 === 0 ? [['_viewer', ref(known.user)] as Property] : []),
		['book', ref(idOf.book(1 + ((n * 11) % BOOKS)))],
		['borrower', ref(idOf.person(1 + (n % PEOPLE)))],
		['lent_at', { datetime: moment(lent + 1_234) }],
		['due', { date: day(lent + 21 * DAY_MS) }],
		['returned', { boolean: n % 3 !== 0 }],
	];
};

export const makers: Record<Kind, Maker> = { person, author, book, lending };

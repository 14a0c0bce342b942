import { known } from './seed-known.mts';
import { book, owned, ref, text, type Property } from './seed-records.mts';

const replaced = (properties: Property[], ...others: Property[]): Property[] => {
	const types = new Set(others.map(([type]) => type));
	return [...properties.filter(([type]) => !types.has(type)), ...others];
};

/** The smallest useful picture. */
export const png = Buffer.from(
	'iVBORw0KGgoAAAANSUhEUgAAAAQAAAAEAQMAAACTPww9AAAAA1BMVEV6i5mvuLo8AAAAC0lEQVQI12NggAAAAAgAAS8g3TEAAAAASUVORK5CYII=',
	'base64',
);

/** One of the special books; numbered low, so that counters go on from the many. */
const special = (title: string, ...others: Property[]): Property[] => {
	const number = title.length;
	const usual = replaced(book(0), ['name', text(title)], ['author', ref(known.author)], ['isbn', text(`978-1-00-${number}`)], ['code', { string: `OLD-${number}`, number }]);
	return replaced(usual, ...others);
};

/** Entities with well-known ids, in the order in which they must be made. */
export const specials: Array<[id: string, properties: Property[]]> = [
	[known.folder, [...owned(known.typeFolder, 'domain'), ['name', text('Shelf A')], ['_expander', ref(known.user)]]],
	[known.closedFolder, [...owned(known.typeFolder, 'domain'), ['name', text('Shelf B')]]],
	[known.author, [...owned(known.typeAuthor, 'public'), ['name', text('J. R. R. Tolkien')], ['born', { date: '1892-01-03T00:00:00.000Z' }], ['country', text('GB')]]],
	[
		known.book,
		special(
			'The Hobbit',
			['description', text('There and back', 'en')],
			['description', text('Sinna ja tagasi', 'et')],
			['isbn', text('978-0-261-10221-7')],
			['pages', { number: 310 }],
			['published', { date: '1937-09-21T00:00:00.000Z' }],
			['borrowed_at', { datetime: '2026-02-03T04:05:06.789Z' }],
			['tags', text('signed')],
			['tags', text('first edition')],
			['checked', { date: '2025-01-15T00:00:00.000Z' }],
			['notes', text('Insured.')],
			['code', { string: 'OLD-7', number: 7 }],
		),
	],
	[known.privateEntity, replaced(special('A Private Diary')).filter(([type]) => type !== '_sharing')],
	[
		known.domainEntity,
		special(
			'A House Catalogue',
			['notes', text('For the staff only.')],
			...known.tagValues.map((id, at): Property => ['tags', text(`shelf ${at + 1}`), id]),
			['photo', { filename: 'house.png', filesize: png.length, filetype: 'image/png' }, known.fileValues[2]],
		),
	],
	[known.publicEntity, special('A Public Guide', ['_sharing', text('public')])],
	[known.editableEntity, special('A Working Copy', ['_editor', ref(known.user)])],
	[known.inheritingEntity, special('An Inherited Volume', ['_parent', ref(known.folder)], ['_inheritrights', { boolean: true }]).filter(([type]) => type !== '_sharing')],
	[known.bookWithPhoto, special('A Picture Book', ['photo', { filename: 'cover.png', filesize: png.length, filetype: 'image/png' }, known.photoValue])],
	[known.bookWithLargeFile, special('A Very Large Scan', ['scan', { filename: 'scan.tif', filesize: known.largeFileSize, filetype: 'image/tiff' }, known.largeFileValue])],
	[known.lending, [...owned(known.typeLending), ['book', ref(known.book)], ['borrower', ref(known.person)], ['due', { date: '2024-02-01T00:00:00.000Z' }], ['returned', { boolean: false }]]],
];

export const menus: Property[][] = ['book', 'author', 'lending', 'person'].map((type, at) => [
	...owned(known.typeMenu, 'domain'),
	['name', text(type)],
	['query', text(`_type.string=${type}&sort=name.string`)],
	['ordinal', { number: at + 1 }],
]);

export const people: Array<[id: string, properties: Property[]]> = [
	[known.owner, [...owned(known.typePerson, 'domain'), ['name', text('Ada Admin')], ['email', text('ada@example.org')]]],
	[known.user, [...owned(known.typePerson, 'domain'), ['name', text('Paul Plain')], ['email', text('paul@example.org')], ['_editor', ref(known.user)]]],
	[known.person, [...owned(known.typePerson, 'domain'), ['name', text('Rita Reader')], ['email', text('rita@example.org')]]],
];


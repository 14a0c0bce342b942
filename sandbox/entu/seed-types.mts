import { known } from './seed-known.mts';

export interface DefinitionSpec {
	name: string;
	type: 'string' | 'text' | 'number' | 'boolean' | 'reference' | 'date' | 'datetime' | 'file' | 'counter';
	label: [english: string, estonian: string];
	sharing?: 'private' | 'domain' | 'public';
	list?: true;
	multilingual?: true;
	mandatory?: true;
	readonly?: true;
	hidden?: true;
	markdown?: true;
	search?: true | undefined;
	formula?: string;
	decimals?: number;
	set?: string[];
	default?: string | boolean;
	referenceQuery?: string;
}

export interface TypeSpec {
	id: string;
	name: string;
	label: [english: string, estonian: string];
	sharing: 'domain' | 'public';
	/** Ids of what new entities of the type are put into. */
	defaultParents?: string[];
	definitions: DefinitionSpec[];
}

const name: DefinitionSpec = { name: 'name', type: 'string', label: ['Name', 'Nimi'], mandatory: true, search: true, sharing: 'public' };
const labelled: DefinitionSpec = { name: 'label', type: 'string', label: ['Label', 'Silt'], multilingual: true, search: true };

/** Types and definitions must be readable by all who see anything of their kind; in July a public one has no domain view. */
const allOpen = (definitions: DefinitionSpec[]): DefinitionSpec[] =>
	definitions.map((definition) => ({ ...definition, sharing: 'public' }));

/** Types that every database has. */
export const baseTypes: TypeSpec[] = [
	{ id: known.typeDatabase, name: 'database', label: ['Database', 'Andmebaas'], sharing: 'domain', definitions: [name] },
	{
		id: known.typeEntity,
		name: 'entity',
		label: ['Entity', 'Objekt'],
		sharing: 'public',
		definitions: allOpen([
			name,
			labelled,
			{ name: 'description', type: 'text', label: ['Description', 'Kirjeldus'], multilingual: true },
			{ name: 'plugin', type: 'reference', label: ['Plugins', 'Pluginad'], list: true, referenceQuery: '_type.string=plugin' },
			{ name: 'default_parent', type: 'reference', label: ['Default parent', 'Vaikimisi ülem'], list: true },
		]),
	},
	{
		id: known.typeProperty,
		name: 'property',
		label: ['Property', 'Parameeter'],
		sharing: 'public',
		definitions: allOpen([
			name,
			labelled,
			{ name: 'type', type: 'string', label: ['Type', 'Tüüp'], mandatory: true, set: ['string', 'text', 'number', 'boolean', 'reference', 'date', 'datetime', 'file', 'counter'] },
			{ name: 'description', type: 'text', label: ['Description', 'Kirjeldus'], multilingual: true },
			{ name: 'list', type: 'boolean', label: ['List', 'Loend'] },
			{ name: 'multilingual', type: 'boolean', label: ['Multilingual', 'Mitmekeelne'] },
			{ name: 'mandatory', type: 'boolean', label: ['Mandatory', 'Kohustuslik'] },
			{ name: 'readonly', type: 'boolean', label: ['Read-only', 'Ainult loetav'] },
			{ name: 'search', type: 'boolean', label: ['Searchable', 'Otsitav'] },
			{ name: 'formula', type: 'string', label: ['Formula', 'Valem'] },
			{ name: 'decimals', type: 'number', label: ['Decimals', 'Komakohti'] },
			{ name: 'set', type: 'string', label: ['Choices', 'Valikud'], list: true },
			{ name: 'default', type: 'string', label: ['Default', 'Vaikeväärtus'] },
			{ name: 'reference_query', type: 'string', label: ['Reference query', 'Viite päring'] },
			{ name: 'ordinal', type: 'number', label: ['Order', 'Järjekord'] },
		]),
	},
	{
		id: known.typePerson,
		name: 'person',
		label: ['Person', 'Inimene'],
		sharing: 'domain',
		definitions: [
			name,
			{ name: 'email', type: 'string', label: ['E-mail', 'E-post'], search: true },
			{ name: 'phone', type: 'string', label: ['Phone', 'Telefon'], sharing: 'private' },
			{ name: 'photo', type: 'file', label: ['Photo', 'Foto'] },
			{ name: 'entu_api_key', type: 'string', label: ['API keys', 'API võtmed'], list: true, sharing: 'private' },
		],
	},
	{
		id: known.typePlugin,
		name: 'plugin',
		label: ['Plugin', 'Plugin'],
		sharing: 'domain',
		definitions: [
			name,
			{ name: 'type', type: 'string', label: ['Type', 'Tüüp'], mandatory: true, set: ['entity-add', 'entity-edit', 'entity-add-webhook', 'entity-edit-webhook', 'entity-delete-webhook'] },
			{ name: 'url', type: 'string', label: ['Address', 'Aadress'], mandatory: true },
		],
	},
	{
		id: known.typeMenu,
		name: 'menu',
		label: ['Menu', 'Menüü'],
		sharing: 'domain',
		definitions: [
			name,
			{ name: 'group', type: 'string', label: ['Group', 'Grupp'] },
			{ name: 'query', type: 'string', label: ['Query', 'Päring'], mandatory: true },
			{ name: 'ordinal', type: 'number', label: ['Order', 'Järjekord'] },
		],
	},
];

/** Types of the museum in `labdb`; the book has a definition of every kind. */
export const museumTypes: TypeSpec[] = [
	{
		id: known.typeFolder,
		name: 'folder',
		label: ['Folder', 'Kaust'],
		sharing: 'domain',
		definitions: [name, { name: 'notes', type: 'text', label: ['Notes', 'Märkused'] }],
	},
	{
		id: known.typeAuthor,
		name: 'author',
		label: ['Author', 'Autor'],
		sharing: 'public',
		definitions: [
			name,
			{ name: 'born', type: 'date', label: ['Born', 'Sündinud'] },
			{ name: 'country', type: 'string', label: ['Country', 'Riik'], set: ['EE', 'FI', 'GB', 'SE', 'US'] },
			{ name: 'biography', type: 'text', label: ['Biography', 'Elulugu'], multilingual: true, search: true },
			{ name: 'website', type: 'string', label: ['Website', 'Veebileht'] },
		],
	},
	{
		id: known.typeBook,
		name: 'book',
		label: ['Book', 'Raamat'],
		sharing: 'public',
		definitions: [
			name,
			{ name: 'description', type: 'text', label: ['Description', 'Kirjeldus'], multilingual: true, search: true, sharing: 'public' },
			{ name: 'isbn', type: 'string', label: ['ISBN', 'ISBN'], search: true },
			{ name: 'pages', type: 'number', label: ['Pages', 'Lehekülgi'], decimals: 0 },
			{ name: 'price', type: 'number', label: ['Price', 'Hind'], decimals: 2 },
			{ name: 'available', type: 'boolean', label: ['Available', 'Saadaval'], default: true },
			{ name: 'published', type: 'date', label: ['Published', 'Ilmunud'] },
			{ name: 'borrowed_at', type: 'datetime', label: ['Last borrowed', 'Viimati laenutatud'] },
			{ name: 'author', type: 'reference', label: ['Authors', 'Autorid'], list: true, referenceQuery: '_type.string=author' },
			{ name: 'status', type: 'string', label: ['Condition', 'Seisukord'], set: ['new', 'worn', 'lost'], default: 'new' },
			{ name: 'genre', type: 'string', label: ['Genres', 'Žanrid'], list: true, set: ['fiction', 'science', 'history', 'children'] },
			{ name: 'tags', type: 'string', label: ['Tags', 'Sildid'], list: true, search: true },
			{ name: 'photo', type: 'file', label: ['Cover', 'Kaanepilt'] },
			{ name: 'scan', type: 'file', label: ['Scans', 'Skannid'], list: true },
			{ name: 'code', type: 'counter', label: ['Inventory number', 'Inventarinumber'] },
			{ name: 'title_code', type: 'string', label: ['Shelf label', 'Riiulisilt'], formula: "name ' #' code CONCAT" },
			{ name: 'checked', type: 'date', label: ['Last inventory', 'Viimane inventuur'], readonly: true },
			{ name: 'notes', type: 'text', label: ['Internal notes', 'Sisemärkused'], sharing: 'private' },
		],
	},
	{
		id: known.typeLending,
		name: 'lending',
		label: ['Lending', 'Laenutus'],
		sharing: 'domain',
		definitions: [
			{ name: 'name', type: 'string', label: ['Name', 'Nimi'], search: true, formula: "book ' / ' borrower CONCAT" },
			{ name: 'book', type: 'reference', label: ['Book', 'Raamat'], mandatory: true, referenceQuery: '_type.string=book' },
			{ name: 'borrower', type: 'reference', label: ['Borrower', 'Laenutaja'], mandatory: true, referenceQuery: '_type.string=person' },
			{ name: 'lent_at', type: 'datetime', label: ['Lent', 'Laenutatud'] },
			{ name: 'due', type: 'date', label: ['Due', 'Tähtaeg'], mandatory: true },
			{ name: 'returned', type: 'boolean', label: ['Returned', 'Tagastatud'] },
		],
	},
];

import { objectId, type Entity, type Fields } from './model.mts';
import { known, SEED_START } from './seed-known.mts';
import { mixed } from './seed-mixed-known.mts';
import { owned, ref, text, type Property } from './seed-records.mts';
import type { DefinitionSpec, TypeSpec } from './seed-types.mts';

const DAY_MS = 86_400_000;
const FIRST_DAY = Date.UTC(2024, 0, 1);

const defined = (name: string, type: DefinitionSpec['type'], more: Partial<DefinitionSpec> = {}): DefinitionSpec => ({ name, type, label: [name, `${name} (et)`], ...more });

const name = defined('name', 'string', { search: true, sharing: 'public', mandatory: true });

/** One definition for every operator, those of later servers too. */
const FORMULAS: ReadonlyArray<readonly [name: string, type: DefinitionSpec['type'], formula: string]> = [
	['joined', 'string', "name ' ' first CONCAT"],
	['listed', 'string', "words ', ' CONCAT_WS"],
	['total', 'number', 'first second SUM'],
	['rest', 'number', 'first second SUBTRACT'],
	['product', 'number', 'first second MULTIPLY'],
	['quotient', 'number', 'first second DIVIDE'],
	['words_count', 'number', 'words COUNT'],
	['mean', 'number', 'first second AVERAGE'],
	['least', 'number', 'first second MIN'],
	['most', 'number', 'first second MAX'],
	['size', 'number', 'second ABS'],
	['rounded', 'number', 'first 1 ROUND'],
	['is_equal', 'boolean', 'first second EQ'],
	['is_other', 'boolean', 'first second NE'],
	['is_more', 'boolean', 'first second GT'],
	['is_most', 'boolean', 'first second GTE'],
	['is_less', 'boolean', 'first second LT'],
	['is_least', 'boolean', 'first second LTE'],
	['is_known', 'boolean', "words 'red' 'blue' IN"],
	['is_unknown', 'boolean', "words 'red' 'blue' NIN"],
	['has_day', 'boolean', 'day EXISTS'],
	['chosen', 'string', "first second GT 'more' 'less' IF"],
	['maybe', 'string', "first second GT 'more' WHEN"],
	['relatives', 'string', 'related.*.name'],
	['above', 'string', '_parent.*.name'],
	['below', 'string', "_child.*.name ' + ' CONCAT_WS"],
	['day_again', 'date', 'day DATE'],
	['moment_again', 'datetime', 'moment DATETIME'],
	['floor', 'number', 'first FLOOR'],
	['ceiling', 'number', 'first CEIL'],
	['loud', 'string', 'words UPPER'],
	['quiet', 'string', 'words LOWER'],
	['as_number', 'number', "'12.5' NUMBER"],
	['different', 'string', 'words UNIQUE'],
	['sorted', 'string', 'words SORT'],
	['dashed', 'string', "words 'e' '-' REGEX"],
	['both', 'boolean', 'yes true AND'],
	['either', 'boolean', 'yes false OR'],
	['opposite', 'boolean', 'yes NOT'],
];

/** Types of `mixdb`, with what the museum lacks. */
export const mixedTypes: TypeSpec[] = [
	{ id: mixed.typeShelf, name: 'shelf', label: ['Shelf', 'Riiul'], sharing: 'domain', definitions: [name] },
	{
		id: mixed.typeItem,
		name: 'item',
		label: ['Item', 'Ese'],
		sharing: 'public',
		defaultParents: [mixed.shelf, mixed.secondShelf],
		definitions: [
			name,
			defined('amount', 'number', { default: '12' }),
			defined('usable', 'boolean', { default: 'true' }),
			defined('due', 'date', { default: '+1d' }),
			defined('seen', 'datetime', { default: '-3w' }),
			defined('review', 'date', { default: '+5m' }),
			defined('state', 'string', { default: 'new', set: ['new', 'old', 'old '] }),
			defined('keeper', 'reference', { default: known.person, referenceQuery: '_type.string=person' }),
			defined('remarks', 'text', { multilingual: true, list: true, markdown: true }),
			defined('rank', 'number'),
			defined('colour', 'string', { list: true }),
			defined('bought', 'date'),
			defined('code', 'counter'),
			defined('photo', 'file'),
			defined('scan', 'file', { list: true }),
			defined('barcode', 'string', { readonly: true, search: true }),
			defined('synced_at', 'datetime', { hidden: true, readonly: true }),
			defined('links', 'reference', { list: true }),
		],
	},
	// A second counter of the same name: both take their numbers from one sequence.
	{ id: mixed.typeBox, name: 'box', label: ['Box', 'Karp'], sharing: 'domain', definitions: [name, defined('code', 'counter')] },
	{
		id: mixed.typeCalc,
		name: 'calc',
		label: ['Calculation', 'Arvutus'],
		sharing: 'domain',
		definitions: [
			name,
			defined('first', 'number'),
			defined('second', 'number'),
			defined('words', 'string', { list: true }),
			defined('day', 'date'),
			defined('moment', 'datetime'),
			defined('yes', 'boolean'),
			defined('related', 'reference', { list: true }),
			...FORMULAS.map(([of, type, formula]) => defined(of, type, { formula, search: type === 'string' ? true : undefined })),
		],
	},
	{ id: mixed.typeBroken, name: 'broken', label: ['Broken', 'Katki'], sharing: 'domain', definitions: [name, defined('keeper', 'reference', { default: 'nobody' })] },
	{
		id: mixed.typeShareIn,
		name: 'share_in',
		label: ['Incoming share', 'Saabuv jagamine'],
		sharing: 'domain',
		definitions: [name, defined('database', 'string'), defined('parent', 'reference'), defined('sharing', 'string')],
	},
];

const RED_BLUE = ['red', 'blue', 'Red', 'blue '];

/** Many of one kind; ties in every column that one may sort by. */
const item = (at: number): Property[] => [
	...owned(mixed.typeItem, 'domain'),
	['_parent', ref(at % 2 === 0 ? mixed.shelf : mixed.secondShelf)],
	['name', text(`Item ${at % 60}`)],
	['rank', { number: at % 3 }],
	['colour', text(RED_BLUE[at % 4] ?? '')],
	...(at % 5 === 0 ? [['colour', text('green')] as Property] : []),
	['usable', { boolean: at % 2 === 0 }],
	['bought', { date: new Date(FIRST_DAY + (at % 4) * DAY_MS) }],
	['seen', { datetime: new Date(FIRST_DAY + (at % 6) * 3_600_000) }],
	['state', text(at % 2 === 0 ? 'new' : 'old')],
	['keeper', ref(at % 2 === 0 ? known.owner : known.person)],
	['code', { string: `IT-${at + 1}`, number: at + 1 }],
];

const plain = (title: string, ...more: Property[]): Property[] => [['name', text(title)], ...more];
const inBox = (parent: string, title: string, number: number): Property[] => [
	...owned(mixed.typeBox),
	['_parent', ref(parent)],
	['_inheritrights', { boolean: true }],
	...plain(title, ['code', { string: `BX-${number}`, number }]),
];

/** In the order in which they must be made. */
export const mixedRecords: Array<[id: string, properties: Property[]]> = [
	[
		objectId(SEED_START, '0000000001', 0x0f),
		[...owned(known.typeDatabase, 'domain'), ['name', text('mixdb')], ['organization', text('Mixed Museum', 'en')], ['organization', text('Segamuuseum', 'et')], ['billing_entities_limit', { number: 10_000 }]],
	],
	[mixed.shelf, [...owned(mixed.typeShelf, 'domain'), ...plain('Main shelf')]],
	[mixed.secondShelf, [...owned(mixed.typeShelf, 'public'), ['_inheritrights', { boolean: true }], ['_expander', ref(known.user)], ...plain('Second shelf')]],
	[mixed.publicItem, [...owned(mixed.typeItem, 'public'), ...plain('For everybody', ['barcode', text('0012345678905')])]],
	[mixed.domainItem, [...owned(mixed.typeItem, 'domain'), ...plain('For the database', ['remarks', text('plain')], ['remarks', text('with a language', 'en')], ['remarks', text('keelega', 'et')])]],
	[mixed.privateItem, [...owned(mixed.typeItem), ['_viewer', ref(known.user)], ...plain('For some', ['legacy_no', text('A-1')])]],
	[mixed.barredItem, [...owned(mixed.typeItem, 'domain'), ['_noaccess', ref(known.user)], ...plain('Not for Paul')]],
	[mixed.box, inBox(mixed.secondShelf, 'Outer box', 500)],
	[mixed.innerBox, inBox(mixed.box, 'Inner box', 501)],
	[mixed.ownedTwice, [...owned(mixed.typeItem), ['_owner', ref(known.owner)], ...plain('Owned twice')]],
	[
		mixed.loose,
		[
			...owned(mixed.typeItem, 'domain'),
			['name', { string: 5 }],
			['amount', { number: '12' }],
			['amount', text('many')],
			['usable', { boolean: 'true' }],
			['state', { string: null }],
			['rank', { number: 1e21 }],
			['rank', { number: -0.1 }],
			['legacy_no', text('no definition knows me')],
			['bought', { date: new Date(0) }],
			['colour', text('')],
		],
	],
	[mixed.nameless, [...owned(mixed.typeItem, 'domain'), ['rank', { number: 0 }]]],
	[mixed.dangling, [...owned(mixed.typeItem, 'domain'), ...plain('Dangling', ['links', ref('65a00000000000000000fffe')], ['links', ref(mixed.nameless)], ['links', ref(mixed.publicItem)])]],
	...mixed.names.map((title, at): [string, Property[]] => [mixed.nameIds[at] ?? '', [...owned(mixed.typeItem, 'domain'), ...plain(title, ['rank', { number: 1 }])]]),
	[mixed.shareIn, [...owned(mixed.typeShareIn, 'domain'), ...plain('From the partner', ['database', text('partner')], ['parent', ref(mixed.shelf)], ['sharing', text('domain')])]],
	[mixed.emptyCalc, [...owned(mixed.typeCalc, 'domain'), ...plain('Nothing to compute')]],
	[
		mixed.calc,
		[
			...owned(mixed.typeCalc, 'domain'),
			['_parent', ref(mixed.shelf)],
			...plain(
				'Computed',
				['first', { number: 2.55 }],
				['second', { number: -4 }],
				...['red', 'green', 'red', 'Ube'].map((word): Property => ['words', text(word)]),
				['day', { date: new Date(FIRST_DAY) }],
				['moment', { datetime: new Date(FIRST_DAY + 3_723_004) }],
				['yes', { boolean: true }],
				['related', ref(mixed.emptyCalc)],
				['related', ref(mixed.shelf)],
			),
		],
	],
	...mixed.itemIds.map((id, at): [string, Property[]] => [id, item(at)]),
];

const valueId = (number: number): string => objectId(SEED_START, '0000000002', number);

/** An entity of the database `partner`: no rights of its own, values that can't be asked for, older than its arrival (§4.7). */
export function mirroredEntity(): Omit<Entity, 'access'> {
	const shown: Record<string, readonly Fields[]> = {
		name: [{ _id: valueId(1), string: 'Seen from afar' }],
		rank: [{ _id: valueId(2), number: 2 }],
		_created: [{ datetime: new Date(Date.UTC(2019, 4, 6)) }],
		_type: [{ reference: mixed.typeItem, string: 'item', entity_type: 'entity' }],
		_parent: [{ reference: mixed.shelf, string: 'Main shelf' }],
		_sharing: [{ string: 'domain' }],
	};
	return { id: mixed.mirror, origin: 'partner', private: shown, domain: shown, searched: { private: ['Seen from afar', 2], public: [] } };
}

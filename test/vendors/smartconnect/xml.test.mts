import fc from 'fast-check';
import * as sliced from '../../../nodes/SmartConnect/rows/rows.ts';
import * as tables from '../../../nodes/SmartConnect/rows/table.ts';
import type { Row, SentRow, Table } from '../../../nodes/SmartConnect/rows/table.ts';
import { decodeName, encodeName, parseXml, unwritableAt, writeElement, writeText, XmlError, type XmlElement } from '../../../nodes/SmartConnect/rows/xml.ts';
import { atOnce } from '../../../nodes/shared/slices.ts';
import { readRequestData } from '../../../sandbox/smartconnect/xml.mts';
import { anyText } from '../../support/text.mts';

/** Any text that XML has a form for, marks and line ends included. */
const text = fc
	.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: fc.constantFrom(...'<>&\'"\r\n\t ]_x0041;#') }), anyText)
	.filter((value) => unwritableAt(value) < 0);
/** Any column name, those that look like escapes included. */
const name = fc
	.oneof(text, fc.string({ unit: fc.constantFrom(...'_x0041 .-:Ä1😀') }), fc.constantFrom('__proto__', 'constructor', '_x0020_', '_x_x0041_'))
	.filter((value) => value !== '');
const rows = fc.array(fc.dictionary(name, text, { minKeys: 1, maxKeys: 5 }).map((row): Row => new Map(Object.entries(row))), { minLength: 1, maxLength: 5 });
const rowsIn = (document: string) => atOnce(sliced.rowsIn(document));
const rowsOf = (root: XmlElement) => atOnce(sliced.rowsOf(root));
const writeTable = (form: Table, given: readonly Row[]) => atOnce(tables.writeTable(form, given));
const itemFinder = (sent: readonly SentRow[]) => atOnce(tables.itemFinder(sent));
const plain = (list: readonly Row[]) => list.map((row) => Object.fromEntries(row));
const table = (changes: Partial<Table> = {}): Table => ({ mode: 'tableWithErrors', isEarlierForm: false, variables: [], ...changes });

describe('what is written is what is read', () => {
	test('texts', () => {
		fc.assert(fc.property(text, (value) => expect(parseXml(writeElement('v', writeText(value))).text).toBe(value)), { numRuns: 2000 });
	});

	test.each(['_x0014:', '_x0041_', '_x00410042:', '_x0041', ':_x0041:'])('the name %s', (value) => {
		expect(decodeName(encodeName(value))).toBe(value);
	});

	test('names', () => {
		fc.assert(
			fc.property(name, (value) => {
				const written = encodeName(value);
				expect(decodeName(written)).toBe(value);
				expect(parseXml(`<${written}/>`).name).toBe(written);
			}),
			{ numRuns: 2000 },
		);
	});

	test('rows, in both generations of the form', () => {
		fc.assert(
			fc.property(rows, fc.boolean(), (given, isEarlierForm) => {
				const root = parseXml(writeTable(table({ isEarlierForm }), given));
				const holder = isEarlierForm ? root : defined(root.children.find((child) => child.name === 'Xml'));
				expect(rowsOf(holder)).toEqual(plain(given));
			}),
			{ numRuns: 500 },
		);
	});

	test('rows as encoded XML', () => {
		fc.assert(
			fc.property(rows, (given) => {
				const holder = parseXml(writeTable(table({ mode: 'xml' }), given)).children.find((child) => child.name === 'Xml');
				expect(rowsOf(defined(holder))).toEqual(plain(given));
			}),
			{ numRuns: 500 },
		);
	});

	test('rows and variables, as another reader sees them', () => {
		const given: Row[] = [new Map([['Item No', 'A <&> "B"\r\n'], ['2nd', ' x ']]), new Map([['Item No', ']]>']])];
		const variables = [{ name: 'GBL_A', value: '<1>' }, { name: 'GBL_B', value: '' }];
		for (const mode of ['table', 'tableWithErrors', 'xml'] as const) {
			const read = readRequestData(writeTable(table({ mode, variables }), given));
			expect(read).toEqual({ rows: plain(given), variables: { GBL_A: '<1>', GBL_B: '' } });
		}
		expect(readRequestData(writeTable(table({ mode: 'xml', isEarlierForm: true }), given)).rows).toEqual(plain(given));
	});
});

describe('what the reader makes of documents', () => {
	test('entities, CDATA, comments, declarations, attributes, empty elements', () => {
		const root = parseXml('\uFEFF<?xml version="1.0"?>\n<!-- a --><a x="1>2" y=\'&lt;\'>&#65;&#x42;&amp;&lt;<![CDATA[<b>&amp;]]> <b/><c >x</c ></a>\n');
		expect(root).toEqual({ name: 'a', text: 'AB&<<b>&amp; ', children: [{ name: 'b', text: '', children: [] }, { name: 'c', text: 'x', children: [] }] });
	});

	test('line ends become line feeds', () => {
		expect(parseXml('<a>1\r\n2\r3&#xD;4</a>').text).toBe('1\n2\n3\r4');
	});

	test.each([
		['a document type', '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'],
		['an external entity', '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'],
		['a web page', '<!DOCTYPE html><html><body></body></html>'],
		['an unknown entity', '<a>&nbsp;</a>'],
		['an entity without its end', '<a>&amp</a>'],
		['a bare ampersand', '<a>Ada & Sons</a>'],
		['a character that XML has no form for', '<a>&#0;</a>'],
		['half a surrogate', '<a>&#xD800;</a>'],
		['a number beyond Unicode', '<a>&#x110000;</a>'],
		['an element that is not closed', '<a><b></a>'],
		['a document that breaks off', '<a><b>1</b>'],
		['CDATA that breaks off', '<a><![CDATA[1</a>'],
		['a closing tag too many', '<a></a></a>'],
		['two roots', '<a/><b/>'],
		['text outside', '<a/>text'],
		['CDATA outside, blank as it is', '<![CDATA[ ]]><a/>'],
		['nothing', ''],
		['no XML', '{"a":1}'],
		['elements within elements without end', '<a>'.repeat(100_000)],
	])('%s is refused', (_, document) => {
		expect(() => parseXml(document)).toThrow(XmlError);
	});

	test('any text is read or refused, never anything else', () => {
		const piece = fc.constantFrom('<a>', '</a>', '<', '>', '&', '&amp;', '&#', ';', '<![CDATA[', ']]>', '<!--', '-->', '<?', '?>', '"', '=', ' ', 'x', '/');
		fc.assert(
			fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
				try {
					parseXml(pieces.join(''));
				} catch (error) {
					expect(error).toBeInstanceOf(XmlError);
				}
			}),
			{ numRuns: 5000 },
		);
	});

	test('a hostile tag takes no time', () => {
		const started = performance.now();
		expect(() => parseXml(`<a${' x="1"'.repeat(50_000)} y`)).toThrow(XmlError);
		expect(() => parseXml(`<a ${' '.repeat(100_000)}`)).toThrow(XmlError);
		expect(performance.now() - started).toBeLessThan(20_000);
	});
});

describe('rows', () => {
	const errors = '<NewDataSet>\r\n<xs:schema id="NewDataSet" xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="x"/></xs:schema>\r\n<ErrorTable>\r\n<Item_x0020_No>1</Item_x0020_No><EONERUNERRORS>Closed &amp; done.&#xD;\n</EONERUNERRORS></ErrorTable></NewDataSet>';
	const escaped = errors.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

	test.each([['plain', errors], ['escaped', escaped], ['wrapped', `<string>${escaped}</string>`]])('of errors, %s', (_, document) => {
		expect(rowsIn(document)).toEqual([{ 'Item No': '1', EONERUNERRORS: 'Closed & done.\r\n' }]);
	});

	test('keep the order of columns, repeated names and nested elements', () => {
		const [row] = rowsIn('<r><t><b>1</b><a>2</a><b>3</b><c><d>4</d></c><__proto__>5</__proto__></t></r>');
		expect(Object.entries(defined(row))).toEqual([['b', ['1', '3']], ['a', '2'], ['c', { d: '4' }], ['__proto__', '5']]);
	});

	test('of an empty table are none', () => {
		for (const document of ['', ' ', '<string/>', '<string>&lt;DataSet/&gt;</string>', '<NewDataSet></NewDataSet>']) expect(rowsIn(document)).toEqual([]);
		expect(() => rowsIn('<string>just text</string>')).toThrow(XmlError);
	});
});

describe('the items of rejected rows', () => {
	const sent = [
		{ item: 4, row: new Map([['No', '1'], ['Name', 'A\r\nB']]) },
		{ item: 7, row: new Map([['No', '2'], ['Name', '']]) },
		{ item: 9, row: new Map([['No', '2']]) },
	];

	test('are found by the values, equal rows in their order', () => {
		const find = itemFinder(sent);
		expect(find({ Name: 'A\nB', No: '1', EONERUNERRORS: 'x', EONERUNIDENT: 'y' })).toEqual([4]);
		expect(find({ No: '2' })).toEqual([7]);
		expect(find({ No: '2', City: '' })).toEqual([9]);
		expect(find({ No: '2' })).toEqual([4, 7, 9]);
		expect(find({ No: '3' })).toEqual([4, 7, 9]);
	});
});

function defined<T>(value: T | undefined): T {
	if (value === undefined) throw new Error('Nothing is there');
	return value;
}

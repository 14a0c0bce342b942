import { atOnce, type Sliced } from '../../shared/slices';

/** An element with what matters to data: names, order and texts. Attributes are read over. */
export interface XmlElement {
	readonly name: string;
	readonly children: XmlElement[];
	/** All character data directly inside. */
	text: string;
}

/** A text that is no XML, or more than plain data. */
export class XmlError extends Error {}

/** What is wrong with a document. @throws all but XmlError */
export function faultOf(error: unknown): string {
	if (error instanceof XmlError) return error.message;
	throw error;
}

const START_TAG = /<([^\s/>!?<="'&]+)(?:\s+[^\s=/>]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*\s*(\/?)>/y;
const TAG_END = /\s*>/y;
const DEEPEST = 200;
/** How many marks are read before others may have their turn: about 1 ms of work. */
const SLICE = 2000;
/** Of a longer text, which may be a document itself, so many characters are worked on at a time. */
const PIECE = 100_000;

/** Reads a short XML document; see `readXml`. @throws XmlError */
export function parseXml(document: string): XmlElement {
	return atOnce(readXml(document));
}

/**
 * Reads an XML document.
 * Only the five predefined and numeric entities are known, and a DOCTYPE is refused: nothing in a document can make this expand or fetch anything.
 * @throws XmlError
 */
export function* readXml(document: string): Sliced<XmlElement> {
	const source = document.replace(/^\uFEFF/, '');
	const open: XmlElement[] = [];
	let root: XmlElement | undefined;
	let at = 0;
	for (let marks = 1; at < source.length; marks++) {
		if (marks % SLICE === 0) yield;
		const tag = source.indexOf('<', at);
		if (tag !== at) addText(open, yield* inPieces(source.slice(at, tag < 0 ? undefined : tag), '&', decodeText));
		if (tag < 0) break;
		const mark = source[tag + 1];
		if (mark === '/') {
			const name = open.pop()?.name;
			at = name === undefined ? tag : endOfTag(source, name, tag);
			if (at === tag) throw new XmlError(`"${source.slice(tag, tag + 20)}" closes nothing`);
		} else if (mark === '?') {
			at = endOf(source, '?>', tag);
		} else if (mark === '!' && source.startsWith('<![CDATA[', tag)) {
			at = endOf(source, ']]>', tag);
			addText(open, yield* inPieces(source.slice(tag + 9, at - 3), '\r', toLineFeeds), true);
		} else if (mark === '!' && source.startsWith('<!--', tag)) {
			at = endOf(source, '-->', tag + 4);
		} else {
			const [whole, name, empty] = match(START_TAG, source, tag);
			const element: XmlElement = { name: name ?? '', children: [], text: '' };
			const parent = open.at(-1);
			if (parent) parent.children.push(element);
			else if (root) throw new XmlError('there is more than one root element');
			else root = element;
			if (!empty) open.push(element);
			if (open.length > DEEPEST) throw new XmlError('elements are nested too deeply');
			at = tag + whole.length;
		}
	}
	if (!root || open.length > 0) throw new XmlError('the document is not complete');
	return root;
}

/** Where the closing tag of an element ends; where it begins, if it is that of another one. */
function endOfTag(source: string, name: string, at: number): number {
	if (!source.startsWith(name, at + 2)) return at;
	TAG_END.lastIndex = at + 2 + name.length;
	return TAG_END.test(source) ? TAG_END.lastIndex : at;
}

function match(pattern: RegExp, source: string, at: number): RegExpExecArray {
	pattern.lastIndex = at;
	const found = pattern.exec(source);
	if (!found) throw new XmlError(`"${source.slice(at, at + 20)}" is no tag that data may have`);
	return found;
}

function endOf(source: string, mark: string, from: number): number {
	const at = source.indexOf(mark, from);
	if (at < 0) throw new XmlError('the document is not complete');
	return at + mark.length;
}

function addText(open: readonly XmlElement[], text: string, isData = false): void {
	if (text === '') return;
	const element = open.at(-1);
	if (element) element.text += text;
	else if (isData || text.trim() !== '') throw new XmlError('there is text outside of the root element');
}

/** Changes a text bit by bit. @param mark what begins all that is changed: there a text can be cut */
function* inPieces(text: string, mark: string, change: (text: string) => string): Sliced<string> {
	if (text.length <= PIECE) return change(text);
	let changed = '';
	let at = 0;
	while (at < text.length) {
		const next = text.indexOf(mark, at + PIECE);
		const end = next < 0 ? text.length : next;
		changed += change(text.slice(at, end));
		at = end;
		yield;
	}
	return changed;
}

/** Line ends as every reader of XML gives them. */
function toLineFeeds(text: string): string {
	return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}

function decodeText(text: string): string {
	return decodeEntities(toLineFeeds(text));
}

/** Characters that XML 1.0 has no form for, surrogates without their other half included. */
const NOT_IN_XML = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

/** An ampersand that begins none of the entities that are known. */
const STRANGE = /&(?!(?:amp|lt|gt|quot|apos|#x[0-9A-Fa-f]{1,6}|#[0-9]{1,7});).{0,10}/;
const NUMERIC = /&#(x[0-9a-f]+|[0-9]+);/i;

function decodeEntities(text: string): string {
	if (!text.includes('&')) return text;
	const strange = STRANGE.exec(text);
	if (strange) throw new XmlError(`"${strange[0]}" begins no entity that data may have`);
	// What stands between numeric entities is decoded by itself, so that nothing is decoded twice.
	return text.split(NUMERIC).map((part, i) => (i % 2 === 0 ? decodeNamed(part) : decodeNumeric(part))).join('');
}

function decodeNamed(text: string): string {
	if (!text.includes('&')) return text;
	return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&apos;', "'").replaceAll('&amp;', '&');
}

function decodeNumeric(code: string): string {
	const point = /^x/i.test(code) ? parseInt(code.slice(1), 16) : Number(code);
	const char = point <= 0x10ffff ? String.fromCodePoint(point) : '';
	if (char === '' || NOT_IN_XML.test(char)) throw new XmlError(`"&#${code};" is no character that data may have`);
	return char;
}

/**
 * An element as text. Carriage returns are written as entities: readers turn plain ones into line feeds.
 * @param content further XML
 */
export function writeElement(name: string, content: string): string {
	const tag = encodeName(name);
	return `<${tag}>${content}</${tag}>`;
}

/**
 * A text as the content of an element.
 * @throws XmlError for characters that XML has no form for
 */
export function writeText(text: string): string {
	if (unwritableAt(text) >= 0) throw new XmlError('there is a character that XML has no form for');
	return text.replace(/[&<>\r]/g, (char) => WRITTEN[char] ?? char);
}

/** Position of the first character that XML has no form for; -1 without one. */
export function unwritableAt(text: string): number {
	return text.search(NOT_IN_XML);
}

const WRITTEN: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#xD;' };

/** Allowed in names by every edition of XML 1.0; what else would be is written as an escape, which is always understood. */
const FIRST = /^[A-Za-z_\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u0131]$/;
const FURTHER = /^[A-Za-z0-9_.\-\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u0131]$/;

/** The name of a column as that of an element, by .NET's rule: `Item No` becomes `Item_x0020_No` (smartconnect.md §3.3). */
export function encodeName(name: string): string {
	return [...name]
		.map((char, i, chars) => {
			// Whatever follows may be written as an escape itself, whose underscore would complete this one.
			const startsEscape = char === '_' && /^_x[0-9a-f]{4}/i.test(chars.slice(i, i + 6).join(''));
			const fits = (i === 0 ? FIRST : FURTHER).test(char);
			return fits && !startsEscape ? char : escapeChar(char);
		})
		.join('');
}

function escapeChar(char: string): string {
	const point = char.codePointAt(0) ?? 0;
	return `_x${point.toString(16).toUpperCase().padStart(point > 0xffff ? 8 : 4, '0')}_`;
}

/** The name of the column that an element stands for. */
export function decodeName(name: string): string {
	if (!name.includes('_x')) return name;
	return name.replace(/_x([0-9a-f]{8}|[0-9a-f]{4})_/gi, (whole, code: string) => {
		const point = parseInt(code, 16);
		return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
	});
}

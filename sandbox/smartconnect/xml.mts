import type { Row } from './model.mts';

const marks: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\r': '&#xD;' };
export const escapeXml = (text: string) => text.replace(/[&<>"\r]/g, (mark) => marks[mark] ?? mark);

/** A column as an element name, by .NET's rule. */
function elementName(column: string): string {
	return [...column]
		.map((char, i) => (/[A-Za-z_]/.test(char) || (i > 0 && /[0-9.-]/.test(char)) ? char : `_x${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}_`))
		.join('');
}

const columnName = (element: string) => element.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));

const cdata = (text: string) => `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;

/** Source data as it comes: a data table, escaped, as the text of another document (vendors/smartconnect.md §3.3). */
export function wrappedTable(rootName: string, rowName: string, rows: readonly Row[]): string {
	const list = rows.map((row) => `<${rowName}>\n${cells(row, cdata)}</${rowName}>\n`);
	const inner = `<${rootName}>${list.join('')}</${rootName}>`;
	return `<string xmlns="http://schemas.microsoft.com/2003/10/Serialization/">${escapeXml(inner)}</string>`;
}

/** Rejected rows as a run tells them: with a schema inside, and CRLF line ends (§3.4.1). */
export function errorTable(rows: readonly Row[], columns: readonly string[]): string {
	const fields = columns.map((column) => `        <xs:element name="${elementName(column)}" type="xs:string" minOccurs="0" />`);
	const schema = ['  <xs:schema id="NewDataSet" xmlns:xs="http://www.w3.org/2001/XMLSchema">', ...fields, '  </xs:schema>'];
	const list = rows.map((row) => `  <ErrorTable>\r\n${cells(row, escapeXml)}  </ErrorTable>`);
	return ['<NewDataSet>', ...schema, ...list, '</NewDataSet>'].join('\r\n');
}

function cells(row: Row, write: (text: string) => string): string {
	return Object.entries(row).map(([column, value]) => `<${elementName(column)}>${write(value)}</${elementName(column)}>\n`).join('');
}

export interface Sent {
	rows: Row[];
	variables: Record<string, string>;
}

const TAG = /<(\/?)([^\s<>/]+)[^<>]*?(\/?)>|([^<]+)/g;

interface Node {
	name: string;
	children: Node[];
	text: string;
}

/** The rows and variables in a body, in either generation of its form (§3.4.3); throws on malformed XML. */
export function readRequestData(body: string): Sent {
	const root = read(body);
	if (root.name !== 'RequestData') throw new Error('RequestData is missing');
	const child = (node: Node | undefined, name: string) => node?.children.find((one) => one.name === name);
	const xml = child(root, 'Xml');
	const encoded = xml && xml.children.length === 0 && xml.text.trim() !== '' ? read(xml.text) : undefined;
	const tables = (encoded ?? xml ?? root).children.filter(({ name }) => name === 'Table');
	const list = child(child(root, 'Variables'), 'ArrayOfVariableOfstringstring');
	const variables = (list?.children ?? []).map((one) => [child(one, 'Key')?.text ?? '', child(one, 'Value')?.text ?? '']);
	return {
		rows: tables.map(({ children }) => Object.fromEntries(children.map(({ name, text }) => [columnName(name), text]))),
		variables: Object.fromEntries(variables) as Record<string, string>,
	};
}

function read(source: string): Node {
	const holder: Node = { name: '', children: [], text: '' };
	const open = [holder];
	let end = 0;
	for (const match of source.matchAll(TAG)) {
		const [whole, closing, name = '', empty, text] = match;
		const top = open.at(-1);
		if (match.index !== end || !top) throw new Error('Malformed XML');
		end = match.index + whole.length;
		if (text !== undefined) top.text += unescapeXml(text);
		else if (closing) {
			if (open.length === 1 || open.pop()?.name !== name) throw new Error('Malformed XML');
		} else {
			const node: Node = { name, children: [], text: '' };
			top.children.push(node);
			if (!empty) open.push(node);
		}
	}
	const [root] = holder.children;
	if (end !== source.length || open.length !== 1 || holder.children.length !== 1 || !root) throw new Error('Malformed XML');
	return root;
}

function unescapeXml(text: string): string {
	return text.replace(/&(#x[0-9A-Fa-f]+|#[0-9]+|\w+);/g, (whole, name: string) => {
		if (name.startsWith('#')) return String.fromCodePoint(name[1] === 'x' ? parseInt(name.slice(2), 16) : Number(name.slice(1)));
		const found = Object.entries({ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }).find(([key]) => key === name);
		if (!found) throw new Error(`Unknown entity ${whole}`);
		return found[1];
	});
}

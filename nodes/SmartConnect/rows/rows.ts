import type { IDataObject } from 'n8n-workflow';

import type { Sliced } from '../../shared/slices';
import { decodeName, readXml, XmlError, type XmlElement } from './xml';

/** How many rows are made before others may have their turn. */
const SLICE = 500;

/**
 * The rows of a data table. Whatever the root is called, it has one child for each row, one grandchild for each column (smartconnect.md §3.3, §3.4).
 * @throws XmlError
 */
export function* rowsOf(root: XmlElement): Sliced<IDataObject[]> {
	const rows: IDataObject[] = [];
	for (const child of (yield* unwrap(root)).children) {
		if (isSchema(child)) continue;
		// A message has such a form: <Error><Code>SlowDown</Code></Error>.
		if (child.children.length === 0 && child.text.trim() !== '') throw new XmlError(`"${child.name}" is no row: it has no columns`);
		rows.push(toRow(child));
		if (rows.length % SLICE === 0) yield;
	}
	return rows;
}

/**
 * The rows in a text that holds a data table, plain or with its marks written as entities; none for an empty one.
 * @throws XmlError
 */
export function* rowsIn(text: string): Sliced<IDataObject[]> {
	const xml = text.trim();
	if (xml === '') return [];
	return yield* rowsOf(yield* readXml(xml.startsWith('<') ? xml : `<string>${xml}</string>`));
}

/** A document may stand as text inside of another one. */
function* unwrap(root: XmlElement): Sliced<XmlElement> {
	const inner = root.text.trim();
	if (root.children.length > 0 || inner === '') return root;
	if (!inner.startsWith('<')) throw new XmlError('a data table was expected');
	return yield* unwrap(yield* readXml(inner));
}

/** A .NET data table may carry its schema along. */
function isSchema({ name }: XmlElement): boolean {
	return name === 'schema' || name.endsWith(':schema');
}

function toRow({ children }: XmlElement): IDataObject {
	const columns = new Map<string, IDataObject[string]>();
	for (const child of children) {
		const name = decodeName(child.name);
		const value = child.children.length > 0 ? toRow(child) : child.text;
		columns.set(name, columns.has(name) ? ([columns.get(name), value].flat() as string[]) : value);
	}
	// Not by assignment: a column may be called "__proto__".
	return Object.fromEntries(columns);
}

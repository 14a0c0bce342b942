import type { IDataObject } from 'n8n-workflow';

/** What the fields of an item are called by a service. */
export interface Mapped {
	/** Values by column. */
	readonly values: IDataObject;
	/** Remarks on fields that stay out although a column differs from them only by trifles. */
	readonly remarks: readonly string[];
}

/**
 * Maps the fields of an item to the columns of the same name. A name that differs only by case, blanks, invisible characters or the
 * Unicode form of its letters is the same, unless that leaves open which field or which column is meant.
 * @param columnOf the part of a field's name that names the column, where there is more to it
 */
export function mapByName(item: IDataObject, columns: readonly string[], columnOf = (field: string): string => field): Mapped {
	const known = new Set(columns);
	const near = groupedBy(columns, plainName);
	const fields = Object.keys(item).filter((field) => !known.has(columnOf(field)));
	const rivals = groupedBy(fields, plainName);
	const exact = Object.keys(item).filter((field) => known.has(columnOf(field)));
	const taken = new Set(exact.map(plainName));
	const renamed = new Map<string, string>();
	const remarks: string[] = [];
	for (const field of fields) {
		const [column, ...others] = near.get(plainName(columnOf(field))) ?? [];
		if (column === undefined) continue;
		const isClear = others.length === 0 && !taken.has(plainName(field)) && rivals.get(plainName(field))?.length === 1;
		if (isClear) renamed.set(field, column + field.slice(columnOf(field).length));
		else remarks.push(`The field ${JSON.stringify(field)} was left out: it differs only by case, blanks or invisible characters from the column ${JSON.stringify(column)}, which another one fills or resembles. Rename one of them.`);
	}
	const entries = Object.entries(item).flatMap(([field, value]): Array<[string, IDataObject[string]]> => {
		const name = known.has(columnOf(field)) ? field : renamed.get(field);
		return name === undefined ? [] : [[name, value]];
	});
	return { values: Object.fromEntries(entries), remarks };
}

/** A name without what people don't see or mind: byte order mark and other invisible characters, outer and repeated blanks, case. */
function plainName(name: string): string {
	return name.replace(/\p{Cf}/gu, '').normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase();
}

function groupedBy(names: readonly string[], keyOf: (name: string) => string): Map<string, string[]> {
	const groups = new Map<string, string[]>();
	for (const name of names) {
		const group = groups.get(keyOf(name));
		if (group) group.push(name);
		else groups.set(keyOf(name), [name]);
	}
	return groups;
}

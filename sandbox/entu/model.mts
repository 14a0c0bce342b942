/** The fields of a value as they go over the wire. Dates are kept as ISO text. */
export type Fields = Readonly<Record<string, unknown>>;

/** One stored property value. Never edited: an overwrite marks it deleted and adds another (vendors/entu.md §4.1). */
export interface Value {
	readonly id: string;
	readonly type: string;
	readonly data: Fields;
	/** ms since 1970 */
	readonly at: number;
	/** The person's entity id; absent when the server did it by itself. */
	readonly by?: string;
	readonly deleted?: { readonly at: number; readonly by?: string };
	/** SHA-256 of an API key; the key itself is not kept. */
	readonly keyHash?: string;
}

/** The computed entity: property names with arrays of values. `_id` is not part of it. */
export type View = Readonly<Record<string, ReadonlyArray<Fields>>>;

export interface Entity {
	readonly id: string;
	readonly values: readonly Value[];
	/** Everything there is (the "private" view), as of the last computation. */
	readonly view: View;
}

/** The caller: a person's entity in this database, or nobody. */
export interface Caller {
	readonly user?: string;
}

export const RIGHTS = ['_owner', '_editor', '_expander', '_viewer'] as const;
export type Right = (typeof RIGHTS)[number];
export const RIGHT_PROPERTIES: ReadonlySet<string> = new Set([...RIGHTS, '_noaccess']);
export const OWNER_PROPERTIES: ReadonlySet<string> = new Set([...RIGHT_PROPERTIES, '_sharing', '_inheritrights']);
export const WRITABLE_SYSTEM: ReadonlySet<string> = new Set([...OWNER_PROPERTIES, '_type', '_parent']);

export const isId = (text: unknown): text is string => typeof text === 'string' && /^[0-9a-f]{24}$/i.test(text);

/** An object id: creation time in seconds, ten digits of origin, six digits of a counter. */
export function objectId(seconds: number, origin: string, counter: number): string {
	return seconds.toString(16).padStart(8, '0') + origin + (counter % 0x1000000).toString(16).padStart(6, '0');
}

export const firstOf = (view: View | undefined, property: string): Fields | undefined => view?.[property]?.[0];

export const textOf = (view: View | undefined, property: string): string | undefined => {
	const text = firstOf(view, property)?.string;
	return typeof text === 'string' ? text : undefined;
};

export const referencesOf = (view: View | undefined, property: string): string[] =>
	(view?.[property] ?? []).map((value) => value.reference).filter((id): id is string => typeof id === 'string');

/** A copy without some fields. */
export function without(fields: Fields, ...names: string[]): Record<string, unknown> {
	return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));
}

export const isLive = (value: Value): boolean => value.deleted === undefined;

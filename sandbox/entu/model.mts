/** The fields of a value. Dates are `Date` objects, ids are texts. */
export type Fields = Readonly<Record<string, unknown>>;

/** One stored property value. Never edited: an overwrite marks it deleted and adds another (vendors/entu.md §4.1). */
export interface Value {
	readonly id: string;
	readonly type: string;
	readonly data: Fields;
	/** ms since 1970 */
	readonly at: number;
	/** The person's entity id, or `entu` when the server did it by itself. */
	readonly by: string;
	readonly deleted?: { readonly at: number; readonly by: string };
}

/** Property names with arrays of values. `_id` is not part of it. */
export type View = Readonly<Record<string, readonly Fields[]>>;

/** An entity as it was computed last; values stored since then are not in it yet (§5.5). */
export interface Entity {
	readonly id: string;
	/** Everything there is. */
	readonly private: View;
	/** What is shared with the database or with everybody, if it is shared so (§4.5). */
	readonly domain?: View;
	readonly public?: View;
	/** Persons with any right, and `domain` or `public` where it is shared. */
	readonly access: readonly string[];
	/** The values that words are searched in, for persons and for everybody. */
	readonly searched: { readonly private: readonly unknown[]; readonly public: readonly unknown[] };
	/** The database a mirror comes from (§4.7). */
	readonly origin?: string;
	/** Stored but never computed: nobody may see it. */
	readonly blank?: true;
}

/** The caller: a person's entity in this database, or nobody. */
export interface Caller {
	readonly user?: string;
}

export const RIGHTS = ['_owner', '_editor', '_expander', '_viewer'] as const;
export type Right = (typeof RIGHTS)[number];
export const RIGHT_PROPERTIES: ReadonlySet<string> = new Set([...RIGHTS, '_noaccess']);
/** Set and deleted by owners only. */
export const OWNER_PROPERTIES: ReadonlySet<string> = new Set([...RIGHT_PROPERTIES, '_sharing', '_inheritrights']);
export const WRITABLE_SYSTEM: ReadonlySet<string> = new Set([...OWNER_PROPERTIES, '_type', '_parent']);
export const CREDENTIALS: ReadonlySet<string> = new Set(['entu_user', 'entu_api_key', 'entu_passkey']);
/** Set by the server alone on later servers (§4.4). */
export const SERVER_ONLY: ReadonlySet<string> = new Set(
	['customer_id', 'data_limit', 'entities_limit', 'requests_limit', 'tokens_limit'].map((name) => `billing_${name}`),
);

export const isId = (text: unknown): text is string => typeof text === 'string' && /^[0-9a-f]{24}$/i.test(text);

/** An object id: creation time in seconds, ten digits of origin, six digits of a counter. */
export function objectId(seconds: number, origin: string, counter: number): string {
	return seconds.toString(16).padStart(8, '0') + origin + (counter % 0x1000000).toString(16).padStart(6, '0');
}

export const textOf = (view: View | undefined, property: string): string | undefined => {
	const text = view?.[property]?.[0]?.string;
	return typeof text === 'string' ? text : undefined;
};

export const referencesOf = (view: View | undefined, property: string): string[] =>
	(view?.[property] ?? []).map((value) => value.reference).filter((id): id is string => typeof id === 'string');

/** Whether one of a property's values has this text: a type's name, for example. */
export const hasText = (view: View | undefined, property: string, text: string): boolean =>
	(view?.[property] ?? []).some((value) => value.string === text);

/** A copy without some fields. */
export function without(fields: Fields, ...names: string[]): Record<string, unknown> {
	return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));
}

export const isLive = (value: Value): boolean => value.deleted === undefined;

export const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** The first of those that have the same key. */
export function uniqueBy<T>(list: readonly T[], key: (one: T) => string): T[] {
	const seen = new Set<string>();
	return list.filter((one) => !seen.has(key(one)) && seen.add(key(one)));
}

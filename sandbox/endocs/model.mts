/** Document types with calls of their own (§3.11). */
export const CONTRACT = 4;
export const INVOICES: readonly number[] = [14, 6];
export const UNPROCESSED = 16;

/** A document of any type. `fields` are spelled as in answers, `written` as in requests. */
export interface Doc {
	id: number;
	docTypeId: number;
	dockindId: number;
	state: string;
	fields: Record<string, unknown>;
	written: Record<string, unknown>;
}

export type User = Readonly<Record<string, unknown>>;

/** An entry of a dictionary, as an outside system wrote it. */
export interface Entry {
	kind: 'contractor' | 'department' | 'employee';
	id: number;
	extId: string | undefined;
	fields: Record<string, unknown>;
}

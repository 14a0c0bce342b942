import { refuse } from '../../shared/answer/failure';
import type { Call } from '../../shared/operation/call';
import { definitionsOf } from '../values/definitions';
import { listPage } from '../wire/entities';

/** What entities are compared, sorted or grouped by. */
export interface Key {
	/** As Entu takes it: `pages.number`. */
	readonly key: string;
	readonly name: string;
	readonly field: string;
	/** How what it is compared with is read: the field, or what a text of July's servers stands for. */
	readonly kind: string;
	/** Computed values have no ID of their own. */
	readonly isComputed: boolean;
}

/** `pages.number`: the property, and the field its values are compared by. */
const KEY = /^([A-Za-z0-9_]+)\.([a-z_]+)$/;
/** What values hold (entu.md §5.2). */
const FIELDS = ['string', 'number', 'boolean', 'reference', 'date', 'datetime', 'filename', 'filesize', 'filetype', 'language'];
/** In place of a field, these mark what Entu computes. */
const COMPUTED: ReadonlyMap<string, string> = new Map([
	['formula', 'string'],
	['formula_number', 'number'],
	['formula_boolean', 'boolean'],
	['formula_date', 'date'],
	['formula_datetime', 'datetime'],
]);
const TIMES = ['date', 'datetime'];

/**
 * @param typeId the chosen type, where there is one
 * @throws FailureError `invalid input` for what the server would not know
 */
export async function toKey(call: Call, property: unknown, parameter: string, typeId: string | undefined): Promise<Key> {
	const [, name = '', given = ''] = KEY.exec(String(property ?? '').trim()) ?? [];
	const computed = COMPUTED.get(given);
	const field = computed ?? given;
	if (name === '' || name === '_id' || !FIELDS.includes(field)) {
		refuse(parameter, `Entu can't compare by "${String(property ?? '')}"`, 'Pick a property, or write property.field such as pages.number');
	}
	if (computed === undefined) return { key: `${name}.${field}`, name, field, kind: field, isComputed: false };
	const kind = given === 'formula' ? await computedKind(call, name, typeId) : field;
	const stored = TIMES.includes(kind) ? await fieldOfTime(call, name, kind, typeId) : kind;
	return { key: `${name}.${stored}`, name, field: stored, kind, isComputed: true };
}

/** `formula` alone stood for dates too, before they had a name of their own here. */
async function computedKind(call: Call, name: string, typeId: string | undefined): Promise<string> {
	const definitions = typeId === undefined ? [] : await definitionsOf(call, typeId);
	const type = definitions.find((definition) => definition.name === name)?.type ?? '';
	return TIMES.includes(type) ? type : 'string';
}

/**
 * Where a computed date stands: on later servers in a field of its own, on July's as text (entu.md §5.2, trap 12). What was computed before
 * a server was renewed stays a text until it is computed anew.
 */
async function fieldOfTime(call: Call, name: string, kind: string, typeId: string | undefined): Promise<string> {
	return await call.shared(`field of ${name}.${kind} ${typeId ?? ''}`, async () => {
		const count = async (field: string): Promise<number> => {
			const type = typeId === undefined ? {} : { '_type.reference': typeId };
			const { total = 0 } = await listPage(call.client, { ...type, [`${name}.${field}.exists`]: 'true', props: '_id', limit: 1 });
			return total;
		};
		const dated = await count(kind);
		if (dated === 0) return 'string';
		const texts = await count('string');
		if (texts > 0) call.note(`Of ${texts} entities, the computed "${name}" is a text from before the server was renewed, which is not compared: recalculate them`);
		return kind;
	});
}

import type { Database } from './database.mts';
import { referencesOf, textOf, type Entity } from './model.mts';
import type { Input } from './values.mts';

/** What the service adds to a new entity before the owner, in its order: parents, sharing and inheritance, defaults (§4.4). */
export function additions(database: Database, typeId: string | undefined, given: readonly Input[]): Input[] {
	const parents = defaultParents(database, typeId);
	const inherited = fromParents(database, [...given, ...parents]);
	const types = new Set([...given, ...parents, ...inherited].map(({ type }) => type));
	return [...parents, ...inherited, ...defaultValues(database, typeId, types)];
}

function defaultParents(database: Database, typeId: string | undefined): Input[] {
	const values = typeId === undefined ? undefined : database.get(typeId)?.private.default_parent;
	return (values ?? []).map(({ reference }) => ({ type: '_parent', reference }));
}

function fromParents(database: Database, properties: readonly Input[]): Input[] {
	const parents = referencesOf({ _parent: properties.filter(({ type }) => type === '_parent') }, '_parent').flatMap((id) => database.get(id) ?? []);
	const missing = (type: string) => !properties.some((property) => property.type === type);
	const sharings = parents.map((parent) => textOf(parent.private, '_sharing'));
	const sharing = ['public', 'domain'].find((one) => sharings.includes(one));
	const inherits = parents.some((parent) => parent.private._inheritrights?.[0]?.boolean === true);
	return [
		...(sharing !== undefined && missing('_sharing') ? [{ type: '_sharing', string: sharing }] : []),
		...(inherits && missing('_inheritrights') ? [{ type: '_inheritrights', boolean: true }] : []),
	];
}

/** Only a default's `string` counts, read by the type of the definition; the first one of a name wins. */
function defaultValues(database: Database, typeId: string | undefined, given: ReadonlySet<string>): Input[] {
	const known = new Set(given);
	const added: Input[] = [];
	for (const { private: definition } of typeId === undefined ? [] : database.children(typeId)) {
		const [name, type, text] = ['name', 'type', 'default'].map((property) => textOf(definition, property));
		if (!name || !type || !text || known.has(name) || type === 'file' || type === 'counter') continue;
		known.add(name);
		added.push({ type: name, ...defaultValue(type, text, database.now()) });
	}
	return added;
}

function defaultValue(type: string, text: string, now: number): Entity['private'][string][number] {
	switch (type) {
		case 'number':
			return { number: Number(text) };
		case 'boolean':
			return { boolean: text.toLowerCase() === 'true' };
		case 'date':
		case 'datetime':
			return { [type]: momentOf(text, now) };
		case 'reference':
			return { reference: text };
		default:
			return { string: text };
	}
}

/** A date, or a distance from now such as `+1d`, `-2h`, `-3w`, `+5m` (months), `+1y`. */
function momentOf(text: string, now: number): Date {
	const [, sign, digits, unit] = /^([+-])(\d+)([hdwmy])$/.exec(text) ?? [];
	if (unit === undefined) return new Date(text);
	const count = Number(`${sign}${digits}`);
	const moment = new Date(now);
	if (unit === 'h') moment.setHours(moment.getHours() + count);
	if (unit === 'd') moment.setDate(moment.getDate() + count);
	if (unit === 'w') moment.setDate(moment.getDate() + 7 * count);
	if (unit === 'm') moment.setMonth(moment.getMonth() + count);
	if (unit === 'y') moment.setFullYear(moment.getFullYear() + count);
	return moment;
}

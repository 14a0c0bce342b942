/** What a person may get wrong in a credential, found from its type: a new field is covered by existing. */
import type { IDataObject, INodeProperties } from 'n8n-workflow';

export interface Mistake {
	/** As people read it, such as `wrong Password`. */
	readonly name: string;
	readonly changes: IDataObject;
}

const WRONG_SECRET = 'not-the-secret-5d1e';

/**
 * @param data a credential that works
 * @param closedUrl an address where nobody listens
 */
export function mistakesIn(properties: readonly INodeProperties[], data: IDataObject, closedUrl: string): Mistake[] {
	const fields = properties.filter(({ type, name }) => type !== 'hidden' && name in data);
	const each = (chosen: INodeProperties[], name: (title: string) => string, value: string): Mistake[] =>
		chosen.map((field) => ({ name: name(field.displayName), changes: { [field.name]: value } }));
	return [
		...each(fields.filter(({ typeOptions }) => typeOptions?.password), (title) => `wrong ${title}`, WRONG_SECRET),
		...each(fields.filter(({ required, type }) => required && type === 'string'), (title) => `empty ${title}`, ''),
		{ name: 'all fields empty', changes: Object.fromEntries(fields.filter(({ type }) => type === 'string').map(({ name }) => [name, ''])) },
		...each(addresses(fields, data), (title) => `nobody listens at the ${title}`, closedUrl),
		...each(addresses(fields, data), (title) => `no web address as ${title}`, closedUrl.replace('http', 'ftp')),
	];
}

/** The fields of a working credential that hold an address. */
export function addresses(fields: readonly INodeProperties[], data: IDataObject): INodeProperties[] {
	return fields.filter(({ name, type }) => type === 'string' && String(data[name]).startsWith('http'));
}

/** The values that must show up nowhere. */
export function secretsIn(properties: readonly INodeProperties[], data: IDataObject): string[] {
	const names = properties.filter(({ typeOptions }) => typeOptions?.password).map(({ name }) => name);
	return names.map((name) => String(data[name] ?? '')).filter((value) => value !== '');
}

/** What is wrong with a text as the answer to a mistake; nothing if a person can act on it. */
export function flawOf(text: string, secrets: readonly string[]): string | undefined {
	if (secrets.some((secret) => text.includes(secret))) return 'It repeats a secret.';
	if (/\b(E[A-Z]{4,}|ERR_[A-Z_]+)\b/.test(text)) return `It shows a code: "${text}"`;
	if (!/\b(check|enter|compare|copy|let|give|correct|try)\b/i.test(text)) return `It does not say what to do: "${text}"`;
	if (text.split(' ').length < 8) return `It is no sentence: "${text}"`;
	return undefined;
}

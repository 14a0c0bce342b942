import { refuse } from '../../shared/answer/failure';
import type { Call } from '../../shared/operation/call';

const PROPERTY = /^[A-Za-z0-9_]+(\.[A-Za-z0-9_]+)?$/;
const SORTED = /^-?([A-Za-z0-9_]+)\.[A-Za-z0-9_]+$/;

/**
 * Names of properties to return, each once.
 * @param parameter display name of the field
 * @throws FailureError `invalid input` for those that make the server fail (entu.md §5.2, trap 14)
 */
export function assertProps(parameter: string, given: readonly string[]): string[] {
	const names = [...new Set(given.map((name) => name.trim()).filter((name) => name !== ''))];
	for (const name of names) {
		if (!PROPERTY.test(name)) refuse(parameter, `"${name}" is no name of a property`, 'Write names such as name,author,pages');
		const [whole = ''] = name.split('.');
		if (name !== whole && names.includes(whole)) refuse(parameter, `Entu can't send "${whole}" and "${name}" at once`, `Keep one of the two; "${whole}" holds the other`);
	}
	return names;
}

/** A sort order. @param parameter display name of the field @throws FailureError `invalid input` for one that the server can't sort by */
export function assertSort(parameter: string, text: string): string {
	const keys = text.split(',').map((key) => key.trim()).filter((key) => key !== '');
	const names = keys.map((key) => SORTED.exec(key)?.[1] ?? refuse(parameter, `Entu can't sort by "${key}"`, 'Write property.field, such as sort=-pages.number'));
	const other = names.find((name) => name !== names[0]);
	if (other !== undefined) refuse(parameter, `Entu can't sort by two properties, "${names[0]}" and "${other}"`, 'Keep one, and put a Sort node behind this one for more');
	return keys.join(',');
}

/** The names in the option 'Properties', a comma list or a list; none means all. @throws FailureError `invalid input` */
export function chosenProperties(call: Call): string[] {
	const chosen = call.object('options').properties;
	const names = Array.isArray(chosen) ? chosen : String(chosen ?? '').split(',');
	return assertProps(call.label('options.properties'), names.map(String));
}

import type { Fields, View } from './model.mts';

/**
 * The result of a formula such as `name ' #' code CONCAT`: quoted texts and named properties, joined.
 * Results carry no `_id`. `undefined` when a named property has no value.
 * assumed: other functions of the service's formula language are not needed here.
 */
export function formulaValue(formula: string, view: View): Fields | undefined {
	const tokens = formula.match(/'[^']*'|[\w.]+/g) ?? [];
	const parts: string[] = [];
	for (const token of tokens) {
		if (token === 'CONCAT') continue;
		const part = token.startsWith("'") ? token.slice(1, -1) : propertyText(token, view);
		if (part === undefined) return undefined;
		parts.push(part);
	}
	return parts.length > 0 ? { string: parts.join('') } : undefined;
}

function propertyText(token: string, view: View): string | undefined {
	const [property = '', field] = token.split('.');
	const value = view[property]?.[0];
	if (!value) return undefined;
	const found = field ? value[field] : (value.string ?? value.number ?? value.boolean ?? value.date);
	return found === undefined ? undefined : String(found);
}

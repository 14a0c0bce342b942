import type { Vendor } from '../operation/operation';

/** What stands below the name of a node on the canvas, in words: `Run with data: integration`. */
export function subtitleOf({ resources }: Vendor): string {
	const texts = resources.flatMap(({ name, value, operations }) =>
		operations.map((operation): [string, string] => [`${value}.${operation.value}`, `${inSentence(operation.name)}: ${name.toLowerCase()}`]),
	);
	return looksUp(texts, '$parameter["resource"] + "." + $parameter["operation"]');
}

/** The same for a trigger: `Run failed`. */
export function subtitleOfTrigger({ events }: { readonly events: ReadonlyArray<{ readonly name: string; readonly value: string }> }): string {
	return looksUp(events.map(({ name, value }) => [value, inSentence(name)]), '$parameter["event"]');
}

/** An expression, because n8n's editor works the subtitle out by itself and knows no more than the values of the parameters. */
function looksUp(texts: ReadonlyArray<readonly [key: string, text: string]>, key: string): string {
	return `={{ (${JSON.stringify(Object.fromEntries(texts))})[${key}] }}`;
}

/** `Run With Data` → `Run with data`; words in capitals stay. */
function inSentence(title: string): string {
	const [first = '', ...rest] = title.split(' ');
	return [first, ...rest.map((word) => (word === word.toUpperCase() ? word : word.toLowerCase()))].join(' ');
}

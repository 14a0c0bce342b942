import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { refuse } from '../answer/failure';
import { readGivenJson } from '../answer/json';
import { isRecord, recordsIn } from '../guards';
import { isBlank, toChoice, toChoices, toSwitch, toTextOrJson } from './values';

/** Reads a parameter as n8n gives it, expressions resolved; the fallback where it isn't there. */
export type ReadParameter = (name: string, fallback: unknown) => unknown;

/** What `ReadParameter` gives back for a parameter that isn't there: no text that a person could enter. */
const NOT_THERE = '\u0000not there';

/** What is wrong with a parameter, and what to do. */
type Wrong = readonly [message: string, fix: string];
export const EMPTY: Wrong = ['is empty', 'Fill it in; if it holds an expression, look at what it gives for this item'];
export const NO_NUMBER: Wrong = ['is not a number', 'Enter a number such as 12'];
export const NO_JSON: Wrong = ['is not valid JSON', 'Check quotes, commas and brackets'];

/** What the user entered, read as it was meant or refused. */
export class Parameters {
	/** Values of expressions that were looked at before, which take their time to compute. */
	private readonly known = new Map<string, unknown>();

	/** @param properties the descriptions of all parameters, for their names in messages */
	constructor(
		private readonly parameter: ReadParameter,
		private readonly properties: readonly INodeProperties[],
	) {}

	/** A parameter as n8n gives it; `undefined` when it isn't there, or when its expression gives nothing. */
	given(name: string): unknown {
		const value = this.read(name);
		return value === NOT_THERE ? undefined : value;
	}

	/** Where a parameter stands that moved into the options with version 1.1 of a node: there, or in the panel as in saved workflows. */
	placed(name: string): string {
		const option = `options.${name}`;
		return this.given(option) === undefined ? name : option;
	}

	/** The same, kept for those who ask again. */
	protected looked(name: string): unknown {
		if (!this.known.has(name)) this.known.set(name, this.parameter(name, NOT_THERE));
		return this.given(name);
	}

	private read(name: string): unknown {
		return this.known.has(name) ? this.known.get(name) : this.parameter(name, NOT_THERE);
	}

	/**
	 * A text parameter, empty when it isn't there. The value picked in a resource locator counts as text, a date from an expression as
	 * the text of its moment.
	 */
	text(name: string): string {
		return (toTextOrJson(this.given(name)) ?? '').trim();
	}

	/** A text parameter that must not be empty. @throws FailureError `invalid input` */
	requiredText(name: string): string {
		return this.text(name) || refuse(this.label(name), ...EMPTY);
	}

	/** One of the values of a dropdown. @param more what to do for one that isn't on offer @throws FailureError `invalid input` */
	choice<T extends string | number | boolean>(name: string, allowed: readonly T[], more?: string): T {
		return toChoice(this.label(name), this.given(name), allowed, more);
	}

	/** The same for a dropdown in a collection; nothing when the user has not added it. */
	optionalChoice<T extends string | number | boolean>(name: string, allowed: readonly T[]): T | undefined {
		const value = this.read(name);
		return value === NOT_THERE ? undefined : toChoice(this.label(name), value, allowed);
	}

	/** Several of the values of a dropdown: a list, or a text with commas. @throws FailureError `invalid input` */
	choices<T extends string>(name: string, allowed: readonly T[]): T[] {
		const value = this.read(name);
		return value === NOT_THERE ? [] : toChoices(this.label(name), value, allowed);
	}

	/** A switch, off when it isn't there. @throws FailureError `invalid input` for anything else than yes or no, nothing included */
	flag(name: string): boolean {
		return this.optionalFlag(name) ?? false;
	}

	/** A switch in a collection; nothing when the user has not added it. @throws FailureError `invalid input` */
	optionalFlag(name: string): boolean | undefined {
		const value = this.read(name);
		return value === NOT_THERE ? undefined : toSwitch(this.label(name), value);
	}

	/** A number parameter; the fallback when it isn't there or empty. @throws FailureError `invalid input` */
	number(name: string, fallback: number): number {
		const value = this.given(name);
		if (isBlank(value)) return fallback;
		return asNumber(value) ?? refuse(this.label(name), ...NO_NUMBER);
	}

	/** A collection, fixed collection or resource mapper; an AI agent may hand it over as text. */
	object(name: string): IDataObject {
		const value = this.read(name);
		return isRecord(value) ? value : {};
	}

	/** The entries of a fixed collection, each as the path of its values: `filters.conditions[0]`. */
	entries(collection: string, group: string): string[] {
		return recordsIn(this.object(collection)[group]).map((_, i) => `${collection}.${group}[${i}]`);
	}

	/** A field of the collection 'Options', as text. */
	option(name: string): string {
		return this.text(`options.${name}`);
	}

	/**
	 * A JSON parameter: a person enters text, an expression or an AI agent gives the value itself. Whole numbers that JavaScript can't
	 * hold come as `bigint`.
	 * @throws FailureError `invalid input` for text that is no JSON
	 */
	json(name: string): unknown {
		const value = this.given(name);
		if (typeof value !== 'string') return value ?? undefined;
		if (value.trim() === '') return undefined;
		return toJson(value) ?? refuse(this.label(name), ...NO_JSON);
	}

	/** How the user knows a parameter. */
	label(name: string): string {
		return displayNameOf(this.properties, name);
	}

	/** How many records the user wants; `Infinity` for all. */
	wanted(): number {
		return this.flag('returnAll') ? Infinity : Math.max(1, Math.floor(this.number('limit', 50)));
	}
}

/**
 * Reads a number that may be left out: nothing for a blank, and for 0.
 * @param parameter display name of the parameter
 * @throws FailureError `invalid input` for what is no number, or less than 0: the default would be a guess
 */
export function toAmount(parameter: string, value: unknown): number | undefined {
	if (isBlank(value)) return undefined;
	const amount = asNumber(value) ?? refuse(parameter, ...NO_NUMBER);
	if (amount < 0) refuse(parameter, 'is less than 0', 'Enter a number such as 12, or leave it out');
	return amount === 0 ? undefined : amount;
}

/** A number, also as text. */
export function asNumber(value: unknown): number | undefined {
	const number = typeof value === 'number' || typeof value === 'string' ? Number(value) : NaN;
	return Number.isFinite(number) ? number : undefined;
}

/** The value of a JSON text that a user gave; nothing when it is none, as for `null`. */
export function toJson(text: string): unknown {
	try {
		return readGivenJson(text) ?? undefined;
	} catch {
		return undefined;
	}
}

/** @param path such as `filters.conditions[0].operator` */
function displayNameOf(properties: readonly INodeProperties[], path: string): string {
	const name = path.split('.').at(-1) ?? path;
	return findProperty(properties, name)?.displayName ?? name;
}

function findProperty(properties: readonly INodeProperties[], name: string): INodeProperties | undefined {
	for (const property of properties) {
		if (property.name === name) return property;
		const nested = (property.options ?? []).flatMap((option) => ('values' in option ? option.values : 'type' in option ? [option] : []));
		const found = findProperty(nested, name);
		if (found) return found;
	}
	return undefined;
}

import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { refuse } from '../answer/failure';
import { parseJson } from '../answer/outcome';
import { isRecord } from '../guards';

/** Reads a parameter as n8n gives it, expressions resolved; the fallback where it isn't there. */
export type ReadParameter = (name: string, fallback: unknown) => unknown;

/** What the user entered, read as it was meant or refused. */
export class Parameters {
	/** @param properties the descriptions of all parameters, for their names in messages */
	constructor(
		private readonly parameter: ReadParameter,
		private readonly properties: readonly INodeProperties[],
	) {}

	/**
	 * A text parameter, empty when it isn't there. The value picked in a resource locator counts as text, a date from an expression as
	 * the text of its moment.
	 */
	text(name: string): string {
		const value = this.parameter(name, '');
		if (typeof value !== 'object' || value === null) return String(value ?? '').trim();
		const written = JSON.stringify(value);
		return written.startsWith('"') ? String(JSON.parse(written)) : written;
	}

	/** A text parameter that must not be empty. @throws FailureError `invalid input` */
	requiredText(name: string): string {
		return this.text(name) || refuse(this.label(name), 'is empty', 'Fill it in; if it holds an expression, look at what it gives for this item');
	}

	/** One of a few words, which an expression may have got wrong. @throws FailureError `invalid input` */
	choice<T extends string>(name: string, allowed: readonly T[]): T {
		const text = this.requiredText(name);
		return allowed.find((word) => word === text) ?? refuse(this.label(name), `"${text}" is not possible`, `Use one of: ${allowed.join(', ')}`);
	}

	/** A switch; an expression or an AI agent may give it as text. @throws FailureError `invalid input` for any other text */
	flag(name: string): boolean {
		const value = this.parameter(name, false);
		if (typeof value !== 'string') return value === true;
		const text = value.trim().toLowerCase();
		return text === 'true' || (['false', ''].includes(text) ? false : refuse(this.label(name), `"${value}" is neither true nor false`, 'Give true or false'));
	}

	/** A number parameter; the fallback when it isn't there or empty. @throws FailureError `invalid input` */
	number(name: string, fallback: number): number {
		const value = this.parameter(name, fallback);
		if (value === null || value === undefined || (typeof value === 'string' && value.trim() === '')) return fallback;
		const number = typeof value === 'number' || typeof value === 'string' ? Number(value) : NaN;
		return Number.isFinite(number) ? number : refuse(this.label(name), 'is not a number', 'Enter a number such as 12');
	}

	/** A collection, fixed collection or resource mapper; an AI agent may hand it over as text. */
	object(name: string): IDataObject {
		const value = this.parameter(name, {});
		return isRecord(value) ? value : {};
	}

	/** A field of the collection 'Options', as text. */
	option(name: string): string {
		return this.text(`options.${name}`);
	}

	/**
	 * A JSON parameter: a person enters text, an expression or an AI agent gives the value itself.
	 * @throws FailureError `invalid input` for text that is no JSON
	 */
	json(name: string): unknown {
		const value = this.parameter(name, '');
		if (typeof value !== 'string') return value;
		if (value.trim() === '') return undefined;
		const parsed = parseJson(value);
		return parsed ?? refuse(this.label(name), 'is not valid JSON', 'Check quotes, commas and brackets');
	}

	/** How the user knows a parameter. */
	label(name: string): string {
		return displayNameOf(this.properties, name.split('.').at(-1) ?? name);
	}

	/** How many records the user wants; `Infinity` for all. */
	wanted(): number {
		return this.flag('returnAll') ? Infinity : Math.max(1, Math.floor(this.number('limit', 50)));
	}
}

function displayNameOf(properties: readonly INodeProperties[], name: string): string {
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

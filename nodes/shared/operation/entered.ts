import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';

import { faultIn, refuse, type Failure } from '../answer/failure';
import { isRecord } from '../guards';
import { toDate, type DateForm } from './dates';
import { assertMeant } from './hollow';
import { asNumber, EMPTY, NO_JSON, toJson, NO_NUMBER } from './parameters';
import { isLocator } from './readParameter';
import { isBlank, toChoice, toChoices, toSwitch } from './values';

/** Something wrong with what the user entered, as far as the description of the parameter tells. */
export interface Fault {
	readonly failure: Failure;
	/** The operation says it too, in words of its own: alone, it is left to it. */
	readonly isTold: boolean;
}

/** All that is wrong is looked for at once, so that a date counts in any form that a service may take. */
const ALL_FORMS: readonly DateForm[] = ['milliseconds', 'dotted'];

/** Reads a parameter with its expression resolved, by its path such as `filters.conditions[0].operator`. */
type Read = (path: string) => unknown;

/**
 * Looks at all parameters that the user has filled in, those in collections too: nothing of it can turn out to be unreadable when something
 * has been written already, and what is wrong is told at once.
 * @param entered the parameters as they stand in the workflow, expressions unresolved
 */
export function faultsIn(properties: readonly INodeProperties[], entered: unknown, read: Read, zone: string, path = ''): Fault[] {
	if (!isRecord(entered)) return [];
	return properties.flatMap((property) => {
		if (!Object.hasOwn(entered, property.name)) return [];
		const at = path === '' ? property.name : `${path}.${property.name}`;
		const stands = entered[property.name];
		const { type } = property;
		if (type === 'collection') return faultsIn(nestedIn(property), stands, read, zone, at);
		if (type === 'fixedCollection') return isRecord(stands) ? faultsInGroups(property, stands, read, zone, at) : [];
		const isMeant = properties.every((other) => other.name !== property.name || (other.type === type && other.required === property.required));
		if (!isMeant) return [];
		const value = valueOf(stands, at, read);
		const found = faultsOf(property, value, zone);
		return found.length === 0 && isComputed(stands) ? hollowsIn(property, value) : found;
	});
}

function faultsInGroups({ options = [] }: INodeProperties, groups: Record<string, unknown>, read: Read, zone: string, path: string): Fault[] {
	return (options as INodePropertyCollection[]).flatMap(({ name, values }) => {
		const group = groups[name];
		if (!Array.isArray(group)) return faultsIn(values, group, read, zone, `${path}.${name}`);
		return group.flatMap((entry, i) => faultsIn(values, entry, read, zone, `${path}.${name}[${i}]`));
	});
}

function valueOf(stands: unknown, path: string, read: Read): unknown {
	return isComputed(stands) ? read(path) : isLocator(stands) ? stands.value : stands;
}

/** Whether an expression stands there. */
function isComputed(stands: unknown): boolean {
	const value = isLocator(stands) ? stands.value : stands;
	return typeof value === 'string' && value.startsWith('=');
}

function faultsOf(property: INodeProperties, value: unknown, zone: string): Fault[] {
	const { displayName, type, required } = property;
	const choices = allowedBy(property);
	if (type === 'boolean') return faults(() => toSwitch(displayName, value), false);
	if (type === 'options' && choices.length > 0) return faults(() => toChoice(displayName, value, choices), false);
	if (type === 'multiOptions' && choices.length > 0) return faults(() => toChoices(displayName, value, choices), false);
	if (isBlank(value)) return required ? faults(() => refuse(displayName, ...EMPTY), true) : [];
	if (type === 'number' && asNumber(value) === undefined) return faults(() => refuse(displayName, ...NO_NUMBER), true);
	if (type === 'json' && typeof value === 'string' && value.trim() !== 'null' && toJson(value) === undefined) return faults(() => refuse(displayName, ...NO_JSON), true);
	return type === 'dateTime' ? faults(() => toDate(displayName, value, zone, ALL_FORMS), true) : [];
}

function hollowsIn({ displayName, type }: INodeProperties, value: unknown): Fault[] {
	return faults(() => assertMeant(displayName, type === 'json' && typeof value === 'string' ? toJson(value) : value), false);
}

function faults(read: () => unknown, isTold: boolean): Fault[] {
	const fault = faultIn(read);
	return 'failure' in fault ? [{ failure: fault.failure, isTold }] : [];
}

/** The values of a dropdown; none where they are loaded. */
function allowedBy({ options = [], typeOptions }: INodeProperties): Array<string | number | boolean> {
	return typeOptions?.loadOptionsMethod ? [] : (options as INodePropertyOptions[]).map(({ value }) => value);
}

function nestedIn({ options = [] }: INodeProperties): INodeProperties[] {
	return options as INodeProperties[];
}

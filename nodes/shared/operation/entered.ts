import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';

import { isRecord } from '../guards';
import { toChoice, toChoices, toSwitch } from './values';

/**
 * Checks all switches and dropdowns that the user has filled in, those in collections too, so that none of them can turn out to be
 * unreadable when something has been written already.
 * @param entered the parameters as they stand in the workflow, expressions unresolved
 * @param read a parameter with its expression resolved, by its path such as `filters.conditions[0].operator`
 * @throws FailureError `invalid input` that names the parameter
 */
export function checkEntered(properties: readonly INodeProperties[], entered: unknown, read: (path: string) => unknown, path = ''): void {
	if (!isRecord(entered)) return;
	for (const property of properties) {
		if (!Object.hasOwn(entered, property.name)) continue;
		const at = path === '' ? property.name : `${path}.${property.name}`;
		const value = entered[property.name];
		checkValue(property, isExpression(value) ? read(at) : value, at, read);
	}
}

function checkValue(property: INodeProperties, value: unknown, path: string, read: (path: string) => unknown): void {
	const { displayName, type } = property;
	if (type === 'boolean') toSwitch(displayName, value);
	if (type === 'options' && allowedBy(property).length > 0) toChoice(displayName, value, allowedBy(property));
	if (type === 'multiOptions' && allowedBy(property).length > 0) toChoices(displayName, value, allowedBy(property));
	if (type === 'collection') checkEntered(nestedIn(property), value, read, path);
	if (type === 'fixedCollection' && isRecord(value)) checkGroups(property, value, path, read);
}

function checkGroups({ options = [] }: INodeProperties, groups: Record<string, unknown>, path: string, read: (path: string) => unknown): void {
	for (const { name, values } of options as INodePropertyCollection[]) {
		const group = groups[name];
		if (!Array.isArray(group)) checkEntered(values, group, read, `${path}.${name}`);
		else group.forEach((entry, i) => checkEntered(values, entry, read, `${path}.${name}[${i}]`));
	}
}

/** The values of a dropdown; none where they are loaded. */
function allowedBy({ options = [], typeOptions }: INodeProperties): Array<string | number | boolean> {
	return typeOptions?.loadOptionsMethod ? [] : (options as INodePropertyOptions[]).map(({ value }) => value);
}

function nestedIn({ options = [] }: INodeProperties): INodeProperties[] {
	return options as INodeProperties[];
}

function isExpression(value: unknown): boolean {
	return typeof value === 'string' && value.startsWith('=');
}

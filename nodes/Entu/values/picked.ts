import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { ofNewNode, ofSavedNode } from '../../shared/editor/fields';
import { fail, refuse } from '../../shared/answer/failure';
import { textOf } from '../../shared/guards';
import type { Call } from '../../shared/operation/call';
import { getEntity, valuesOf } from '../wire/entities';
import { requiredId, toId } from './ids';
import { simplifyValue } from './simplify';

/**
 * A dropdown for the way to name a value: by entity, property and content, or by the ID of the value itself. Nodes of version 1 know the ID
 * alone.
 */
export function wayToChoose(displayName: string, name: string, idName: string): INodeProperties[] {
	const way = {
		displayName,
		name,
		type: 'options' as const,
		noDataExpression: true,
		options: [
			{ name: 'Entity and Property', value: 'property' },
			{ name: idName, value: 'id' },
		],
	};
	const description = 'How to say which one is meant';
	return [
		ofSavedNode({ ...way, default: 'id', description }),
		ofNewNode({ ...way, default: 'property', description }),
	];
}

/**
 * The ID of the value that is chosen by entity (`entityId`), property (`propertyName`) and, where there are several, by what it holds.
 * @param which name of the parameter for that
 * @throws FailureError `not found`, or `invalid input` where several are meant
 */
export async function pickedValue(call: Call, which: string): Promise<string> {
	const entityId = requiredId(call, 'entityId');
	const property = call.requiredText('propertyName');
	const wanted = call.text(which);
	const values = valuesOf(await getEntity(call.client, entityId, [property]), property).filter(({ _id }) => textOf(_id));
	const [found, ...more] = wanted === '' ? values : values.filter((value) => isMeant(value, wanted));
	if (!found) {
		const what = wanted === '' ? 'no value' : `no value "${wanted}"`;
		const has = values.length > 0 ? `It has: ${values.map(shownAs).join(', ')}` : 'Look at the entity with the operation Entity > Get';
		return fail({ reason: 'not found', message: `The property "${property}" of the entity ${entityId} has ${what}`, fix: has, parameter: call.label(which) });
	}
	if (more.length === 0) return String(found._id);
	const listed = [found, ...more].map((value) => `${shownAs(value)} (${String(value._id)})`).join(', ');
	return refuse(call.label(which), `${more.length + 1} values of "${property}" of the entity ${entityId} could be meant`, `Choose one of: ${listed}`);
}

/** Choices for a dropdown: by what they hold, or by ID where that is not enough. */
export function choicesAmong(values: readonly IDataObject[]): INodePropertyOptions[] {
	const known = values.filter(({ _id }) => textOf(_id));
	return known.map((value) => {
		const text = shownAs(value);
		const isAlone = known.filter((other) => isMeant(other, text)).length === 1;
		return { name: isAlone ? text : `${text} (${String(value._id)})`, value: isAlone ? text : String(value._id) };
	});
}

function isMeant(value: IDataObject, wanted: string): boolean {
	return value._id === toId(wanted) || shownAs(value) === wanted || (value.reference !== undefined && value.reference === toId(wanted));
}

/** A value as a person knows it: the name of a file or of what is referred to, the text, the number, the date. */
function shownAs(value: IDataObject): string {
	if (value.filename !== undefined) return String(value.filename);
	if (value.reference !== undefined) return textOf(value.string) ?? String(value.reference);
	return String(simplifyValue(value) ?? '').trim();
}

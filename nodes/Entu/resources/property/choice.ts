import type { INodeProperties } from 'n8n-workflow';

import type { Call } from '../../../shared/operation/call';
import { entityLocator, valueId } from '../../editor/fields';
import { requiredId } from '../../values/ids';
import { pickedValue, wayToChoose } from '../../values/picked';
import { propertyName } from './fields';

const BY_PROPERTY = { show: { valueBy: ['property'] } };

const chosen: INodeProperties = {
	displayName: 'Current Value Name or ID',
	name: 'currentValue',
	type: 'options',
	typeOptions: { loadOptionsMethod: 'getValues', loadOptionsDependsOn: ['entityId.value', 'propertyName'] },
	default: '',
	hint: 'Needed where the property has several values; an expression may give what the value holds, such as its text',
	description:
		'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
	displayOptions: BY_PROPERTY,
};

/** A value of an entity, by property and content or by ID. */
export const valueChoice: INodeProperties[] = [
	...wayToChoose('Choose Value By', 'valueBy', 'Value ID'),
	{ ...entityLocator, description: 'The entity that has the value', displayOptions: BY_PROPERTY },
	{ ...propertyName, displayOptions: BY_PROPERTY },
	chosen,
	{ ...valueId, displayOptions: { show: { valueBy: ['id'] } } },
];

/** The ID of the chosen value. */
export async function chosenValue(call: Call): Promise<string> {
	return call.choice('valueBy', ['property', 'id']) === 'id' ? requiredId(call, 'valueId') : await pickedValue(call, 'currentValue');
}

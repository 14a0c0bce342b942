import type { IDataObject } from 'n8n-workflow';

import { refuse } from '../../../shared/answer/failure';
import { defineOperation } from '../../../shared/operation/operation';
import { record } from '../../../shared/operation/output';
import { typeLocator } from '../../editor/fields';
import { loadDefinitions, type Definition } from '../../values/definitions';
import { requiredType } from '../../values/types';
import { simplifyEntity } from '../../values/simplify';
import { getEntity, valuesOf } from '../../wire/entities';

export const get = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get entity type with its properties',
	description: 'Retrieve an entity type with the definitions of its properties',
	effect: 'read',
	simplifies: true,
	fields: [{ ...typeLocator, description: 'The entity type to retrieve' }],
	run: async (call) => {
		const id = await requiredType(call);
		const type = await getEntity(call.client, id);
		if (valuesOf(type, '_type')[0]?.string !== 'entity') {
			refuse(call.label('typeId'), `The entity ${id} is no entity type`, 'Choose one from the list');
		}
		const definitions = await loadDefinitions(call.client, id);
		if (!call.isSimplified) return record({ ...type, properties: definitions.map((definition) => ({ ...definition })) });
		const { name, label } = simplifyEntity(type);
		return record({ _id: id, name, label, properties: definitions.map(simplifyDefinition) });
	},
});

function simplifyDefinition({ name, label, type, list, multilingual, mandatory, readonly, formula, choices }: Definition): IDataObject {
	return { name, label, type, list, multilingual, mandatory, readonly, formula, choices: [...choices] };
}

import type { INodeProperties } from 'n8n-workflow';

import { refuse } from '../../../shared/answer/failure';
import { simplify } from '../../../shared/editor/fields';
import { defineOperation } from '../../../shared/operation/operation';
import { json } from '../../../shared/service/request';
import { entityLocator } from '../../editor/fields';
import { requiredId } from '../../values/ids';
import { writtenEntity } from '../../values/simplify';
import { entityPath, toWritten } from '../../wire/entities';

const MOST_COPIES = 100;

const copies: INodeProperties = {
	displayName: 'Copies',
	name: 'copies',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: MOST_COPIES },
	default: 1,
	description: 'How many copies to make',
};

const ignoredProperties: INodeProperties = {
	displayName: 'Ignored Properties',
	name: 'ignoredProperties',
	type: 'string',
	default: '',
	placeholder: 'e.g. code,due_date',
	description: 'Names of properties that the copies go without, separated by commas',
};

export const duplicate = defineOperation({
	name: 'Duplicate',
	value: 'duplicate',
	action: 'Duplicate entity',
	description: 'Make copies of an entity, with its rights but without its files',
	effect: 'write',
	fields: [entityLocator, copies, simplify()],
	options: [ignoredProperties],
	input: (call) => {
		const count = call.number('copies', 1);
		if (!Number.isInteger(count) || count < 1 || count > MOST_COPIES) {
			refuse(call.label('copies'), `${count} is not possible`, `Enter a whole number from 1 to ${MOST_COPIES}`);
		}
		const names = call.option('ignoredProperties').split(',').map((name) => name.trim());
		return { id: requiredId(call, 'entityId'), count, ignoredProperties: names.filter((name) => name !== '') };
	},
	run: async (call, { id, ...body }) => {
		const path = `${entityPath(call.client, id)}/duplicate`;
		const answer = await call.client.send({ method: 'POST', path, body: json(body) });
		const made = Array.isArray(answer) ? answer : [answer];
		return made.flatMap((copy) => writtenEntity(call, toWritten(copy)));
	},
});

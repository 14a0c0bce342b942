import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { refuse } from '../../../shared/answer/failure';
import { unexpectedAnswer } from '../../../shared/answer/outcome';
import { recordsIn } from '../../../shared/guards';
import type { Call } from '../../../shared/operation/call';
import { defineOperation } from '../../../shared/operation/operation';
import { json } from '../../../shared/service/request';
import { entityLocator } from '../../editor/fields';
import { requiredId } from '../../values/ids';
import { removeValues } from '../../values/replace';
import { writtenEntity } from '../../values/rows';
import { entityPath, toWritten, type Written } from '../../wire/entities';

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
	action: 'Duplicate Entu entity',
	description: 'Make copies of an entity, with its rights but without its files',
	effect: 'write',
	simplifies: true,
	fields: [entityLocator, copies],
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
		const next = body.ignoredProperties.length > 0 ? 'values of the ignored properties that the copies have all the same are deleted by their IDs' : undefined;
		const answer = await call.client.send({ method: 'POST', path, body: json(body), next });
		const made = [answer].flat();
		if (made.length === 0) unexpectedAnswer('Entu', 'copies were expected');
		const copies = made.map(toWritten);
		await removeDefaults(call, copies, body.ignoredProperties);
		const outputs = copies.map(async (copy) => await writtenEntity(call, without(copy, body.ignoredProperties), undefined));
		return (await Promise.all(outputs)).flat();
	},
});

/** Entu fills what a copy lacks with the defaults of the type, and adds default parents once more (entu.md §5.8). */
async function removeDefaults(call: Call, copies: readonly Written[], ignored: readonly string[]): Promise<void> {
	const values = copies.flatMap((copy) => copy.values.filter((value) => isIgnored(value, ignored)));
	const ids = values.map(({ _id }) => String(_id));
	await removeValues(call.client, ids, (left) => ({
		message: `The copies are made (${copies.map(({ id }) => id).join(', ')}), but ${left.length} values that they were to go without could not be removed: ${left.join(', ')}.`,
		fix: "Delete these values with 'Property > Delete'; running this item again would make further copies.",
	}));
}

function without(copy: Written, ignored: readonly string[]): Written {
	const kept = (values: readonly IDataObject[]): IDataObject[] => values.filter((value) => !isIgnored(value, ignored));
	return { ...copy, values: kept(copy.values), raw: { ...copy.raw, properties: kept(recordsIn(copy.raw.properties)) } };
}

/** Of the properties that the system needs, only parents can be taken away. */
function isIgnored({ type }: IDataObject, ignored: readonly string[]): boolean {
	const name = String(type);
	return ignored.includes(name) && (!name.startsWith('_') || name === '_parent');
}

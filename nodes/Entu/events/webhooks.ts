import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { toFailure } from '../../shared/answer/errors';
import { fail } from '../../shared/answer/failure';
import { isRecord, textOf } from '../../shared/guards';
import type { Call } from '../../shared/operation/call';
import type { WebhookEvent } from '../../shared/trigger/event';
import type { Received, WebhookTrigger } from '../../shared/trigger/webhook';
import { typeLocator } from '../editor/fields';
import { simplifyEntity } from '../values/simplify';
import { toId } from '../values/ids';
import { entu } from '../vendor';
import { getEntity, type Entity } from '../wire/entities';
import { isRegistered, ownPerson, register, unregister } from '../wire/webhooks';

const ADD = 'entity-add-webhook';
const EDIT = 'entity-edit-webhook';

const fields: INodeProperties[] = [
	{
		displayName:
			'Entu calls this workflow at a public https address only. It does not call for deletions, duplicates and computed values, and does not call again when this n8n could not be reached. While you listen for a test event, a change starts the published workflow too.',
		name: 'notice',
		type: 'notice',
		default: '',
	},
	{ ...typeLocator, description: 'Type of the entities that start the workflow' },
];

function webhookEvent(text: Pick<WebhookEvent, 'name' | 'value' | 'action' | 'description'>, kinds: readonly string[]): WebhookEvent {
	return { ...text, kinds, fields, simplify: simplifyEntity, idOf: ({ _id }) => ({ _id }), ...(kinds.length > 1 ? { combines: true as const } : {}) };
}

const created = webhookEvent(
	{ name: 'Entity Created', value: 'entityCreated', action: 'On entity created', description: 'When an entity of the type was created' },
	[ADD],
);
const updated = webhookEvent(
	{ name: 'Entity Updated', value: 'entityUpdated', action: 'On entity updated', description: 'When a value of an entity was added, changed or removed. In the web app, each field is saved by itself.' },
	[EDIT],
);
const createdOrUpdated = webhookEvent(
	{ name: 'Entity Created or Updated', value: 'entityCreatedOrUpdated', action: 'On entity created or updated', description: 'When an entity was created or one of its values changed; the field event says which' },
	[ADD, EDIT],
);

export const entuTrigger: WebhookTrigger = {
	service: entu,
	events: [created, updated, createdOrUpdated],
	account: (client) => [client.setting('baseUrl'), client.setting('database')],
	exists: isRegistered,
	create: register,
	remove: unregister,
	receive,
	ownAccount: ownPerson,
	fetch: entityOrNothing,
};

/** A call is `{ db, plugin, entity: { _id }, token }`, unsigned (entu.md §7.1). */
function receive(call: Call, { db, plugin, entity, token }: IDataObject, kinds: readonly string[]): Received | undefined {
	const id = isRecord(entity) ? toId(entity._id) : undefined;
	const database = call.client.setting('database');
	if (db !== database || typeof plugin !== 'string' || !kinds.includes(plugin) || id === undefined) return undefined;
	return { id, kind: plugin === ADD ? 'created' : 'changed', by: personIn(token, database) };
}

/** Whom the token of a call stands for. It is good for nothing else here. */
function personIn(token: unknown, database: string): string | undefined {
	try {
		const payload: unknown = JSON.parse(Buffer.from(String(token).split('.')[1] ?? '', 'base64url').toString());
		return isRecord(payload) && isRecord(payload.accounts) ? textOf(payload.accounts[database]) : undefined;
	} catch {
		return undefined;
	}
}

async function entityOrNothing(call: Call, id: string): Promise<Entity | undefined> {
	try {
		return await getEntity(call.client, id);
	} catch (error) {
		const failure = toFailure(error, (text) => text);
		return failure.reason === 'not found' || failure.reason === 'no access' ? undefined : fail(failure);
	}
}

import type { IDataObject } from 'n8n-workflow';

import { toFailure } from '../../shared/answer/errors';
import { fail } from '../../shared/answer/failure';
import { isRecord, textOf } from '../../shared/guards';
import type { Call } from '../../shared/operation/call';
import type { Received, WebhookTrigger } from '../../shared/trigger/webhook';
import { toId } from '../values/ids';
import { entu } from '../vendor';
import { getEntity, type Entity } from '../wire/entities';
import { isRegistered, ownPerson, register, unregister } from '../wire/webhooks';
import * as called from './called';
import { ADD } from './called/webhookEvent';

export const entuTrigger: WebhookTrigger = {
	service: entu,
	events: [called.entityCreated, called.entityUpdated, called.entityCreatedOrUpdated],
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

import type { IDataObject } from 'n8n-workflow';

import { toFailure } from '../../shared/answer/errors';
import { fail, refuse, type Failure } from '../../shared/answer/failure';
import { attemptAsync } from '../../shared/answer/result';
import { recordsIn, textOf } from '../../shared/guards';
import type { Call } from '../../shared/operation/call';
import type { Client } from '../../shared/service/client';
import type { Registration } from '../../shared/trigger/webhook';
import { requiredType } from '../values/types';
import { createEntity, entityPath, getEntity, listPage, valuesOf, writeValues, type Entity } from './entities';

/** More than anybody has under one address. */
const MOST_PLUGINS = 100;

/** What Entu would skip without a word (entu.md §7.1). */
const UNREACHABLE = /^(localhost|.*\.local|10\..*|127\..*|192\.168\..*|172\.(1[6-9]|2\d|3[01])\..*|169\.254\..*|0\.0\.0\.0|\[.*\])$/i;
const LOOPBACK = /^(localhost|127\..*|\[::1\])$/i;

/** Whether exactly the plugins that are wanted are there, and the type refers to them. */
export async function isRegistered(call: Call, wanted: Registration): Promise<boolean> {
	const plugins = await pluginsAt(call.client, wanted.url);
	const referred = new Set(await pluginsOfType(call));
	return plugins.length === wanted.kinds.length && wanted.kinds.every((kind) => plugins.some((plugin) => kindOf(plugin) === kind && referred.has(idOf(plugin))));
}

/** One plugin entity for each kind, and a reference to each from the type (entu.md §7.1, as it was observed). */
export async function register(call: Call, wanted: Registration): Promise<string[]> {
	const { client } = call;
	assertReachable(client, wanted.url);
	const typeId = await requiredType(call);
	const known = await pluginsAt(client, wanted.url);
	const kept = wanted.kinds.map((kind) => known.find((plugin) => kindOf(plugin) === kind));
	for (const plugin of known) if (!kept.includes(plugin)) await removePlugin(client, idOf(plugin));
	const made: string[] = [];
	try {
		const ids: string[] = [];
		for (const [i, kind] of wanted.kinds.entries()) {
			const there = kept[i];
			const id = there ? idOf(there) : await createPlugin(client, kind, wanted);
			if (!there) made.push(id);
			ids.push(id);
		}
		const referred = new Set(await pluginsOfType(call));
		for (const reference of ids.filter((id) => !referred.has(id))) await writeValues(client, typeId, [{ type: 'plugin', reference }]);
		return ids;
	} catch (error) {
		const failure = toFailure(error, (text) => client.shown(text));
		const { left } = await removeAll(client, made);
		const fix = [failure.reason === 'no access' ? NEEDS_RIGHTS : failure.fix, left && `Delete by hand in Entu: ${left}`].filter(Boolean).join('. ');
		return fail({ ...failure, fix });
	}
}

const NEEDS_RIGHTS =
	'Entu keeps webhooks in the database: the person or robot of the API key needs the right to create plugins, and must be an editor of the entity type. Without these rights, use the Entu Polling Trigger';

/** @param ids what was registered before, under whatever address */
export async function unregister(call: Call, { url }: Registration, ids: readonly string[]): Promise<void> {
	const { client } = call;
	const known = (await pluginsAt(client, url)).map(idOf);
	const { failure, left } = await removeAll(client, new Set([...known, ...ids]));
	if (failure) fail({ ...failure, fix: `Entu goes on calling ${url}. Delete by hand in Entu: ${left}` });
}

/** Removes as many as it can. @returns why the last of the others could not be, and which they are */
async function removeAll(client: Client, ids: Iterable<string>): Promise<{ failure?: Failure; left: string }> {
	const left: string[] = [];
	let failure: Failure | undefined;
	for (const id of ids) {
		const removal = await attemptAsync(async () => await removePlugin(client, id), (text) => client.shown(text));
		if (!('failure' in removal)) continue;
		({ failure } = removal);
		left.push(`plugin ${id}`);
	}
	return { failure, left: left.join(', ') };
}

/** The person that the API key belongs to (entu.md §3.1). */
export async function ownPerson(call: Call): Promise<string | undefined> {
	const database = call.client.setting('database');
	const said = await call.client.send({ path: '/auth', query: { db: database } });
	const accounts = recordsIn((said as IDataObject | undefined)?.accounts);
	const own = accounts.find(({ _id, name }) => _id === database || name === database);
	return textOf((own?.user as IDataObject | undefined)?._id);
}

function assertReachable({ origin }: Client, url: string): void {
	const { protocol, hostname } = new URL(url);
	// An Entu on this machine, such as one for tests, reaches this machine.
	if (LOOPBACK.test(new URL(origin).hostname)) return;
	if (protocol === 'https:' && !UNREACHABLE.test(hostname)) return;
	refuse('Event', `Entu calls public https addresses only; this n8n says that it is at ${new URL(url).origin}`, 'Set WEBHOOK_URL to the public address of this n8n (https://…), or use the Entu Polling Trigger');
}

/** The plugins under an address. */
async function pluginsAt(client: Client, url: string): Promise<Entity[]> {
	const { records } = await listPage(client, { '_type.string': 'plugin', 'url.string': url, props: 'name,type,url', limit: MOST_PLUGINS });
	// A server that did not understand the question would send all.
	return records.filter((plugin) => valuesOf(plugin, 'url').some(({ string }) => string === url));
}

async function pluginsOfType(call: Call): Promise<string[]> {
	const type = await getEntity(call.client, await requiredType(call), ['plugin']);
	return valuesOf(type, 'plugin').flatMap(({ reference }) => textOf(reference) ?? []);
}

async function createPlugin(client: Client, kind: string, { url, workflow }: Registration): Promise<string> {
	const { records } = await listPage(client, { '_type.string': 'entity', 'name.string': 'plugin', props: '_id', limit: 1 });
	const typeId = records[0] && idOf(records[0]);
	if (!typeId) return fail({ reason: 'not found', message: 'The database has no entity type "plugin"', fix: 'Use the Entu Polling Trigger, or have the type added in Entu' });
	const values = [
		{ type: '_type', reference: typeId },
		{ type: 'name', string: `n8n: ${workflow}` },
		{ type: 'type', string: kind },
		{ type: 'url', string: url },
	];
	return (await createEntity(client, values)).id;
}

async function removePlugin(client: Client, id: string): Promise<void> {
	const removal = await attemptAsync(async () => await client.send({ method: 'DELETE', path: entityPath(client, id), effect: 'delete' }));
	if ('failure' in removal && removal.failure.reason !== 'not found') fail(removal.failure);
}

function idOf({ _id }: Entity): string {
	return String(_id);
}

function kindOf(plugin: Entity): string {
	return textOf(valuesOf(plugin, 'type')[0]?.string) ?? '';
}

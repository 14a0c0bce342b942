/** The Entu Trigger: what it leaves in the database, which addresses it refuses, and what starts a workflow. */
import type { IDataObject } from 'n8n-workflow';
import { known, ownerKey, userKey } from '../../../sandbox/entu/seed-known.mts';
import type { Fault } from '../../../sandbox/client.mts';
import { useEngine, type TriggerNode } from '../../support/engine.mts';
import { useSandbox } from '../../support/sandbox.mts';

jest.setTimeout(60_000);
const engine = useEngine();
const sandbox = useSandbox();
const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const HOOK = '5f0c6a52-0000-4000-8000-00000000abcd';
const PUBLIC = { webhookBaseUrl: 'https://n8n.example.com/webhook', webhookTestBaseUrl: 'https://n8n.example.com/webhook-test' };

interface Changes {
	event?: string;
	typeId?: string;
	apiKey?: string;
	baseUrl?: string;
	options?: IDataObject;
	staticData?: IDataObject;
	addresses?: Record<string, string>;
}

function trigger({ event = 'entityCreatedOrUpdated', typeId = known.typeBook, apiKey = ownerKey, baseUrl, options = {}, staticData, addresses = PUBLIC }: Changes = {}): TriggerNode {
	const row = engine.credentials.add('entuApi', { baseUrl: baseUrl ?? `${sandbox.url}/entu`, database: known.database, apiKey });
	return engine.trigger({ node: 'entuTrigger', parameters: { event, typeId: byId(typeId), simplify: true, options } as never, credentials: { entuApi: row }, webhookId: HOOK, addresses, staticData });
}

const api = async (path: string, options: RequestInit = {}): Promise<IDataObject> => {
	const { token } = (await (await fetch(`${sandbox.url}/entu/auth?db=${known.database}`, { headers: { authorization: `Bearer ${ownerKey}` } })).json()) as { token: string };
	return (await (await fetch(`${sandbox.url}/entu/${known.database}/${path}`, { ...options, headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' } })).json()) as IDataObject;
};

/** The plugins of ours that the database holds, and those that a type refers to. */
async function registered(typeId = known.typeBook): Promise<{ plugins: string[]; referred: number }> {
	const { entities } = (await api('entity?_type.string=plugin&props=name,type,url&limit=100')) as { entities: Array<Record<string, IDataObject[]>> };
	const ours = entities.filter(({ url }) => String(url?.[0]?.string).includes(HOOK));
	const type = (await api(`entity/${typeId}?props=plugin`)) as { entity: { plugin?: IDataObject[] } };
	const ids = ours.map(({ _id }) => String(_id));
	return {
		plugins: ours.map(({ type: kind, url }) => `${String(kind?.[0]?.string)} ${new URL(String(url?.[0]?.string)).pathname.split('/')[1]}`).sort(),
		referred: (type.entity.plugin ?? []).filter(({ reference }) => ids.includes(String(reference))).length,
	};
}

const BOTH = ['entity-add-webhook webhook', 'entity-edit-webhook webhook'];
const NOTHING = { plugins: [], referred: 0 };

describe('its life', () => {
	test('registers one plugin for each kind, finds them again, and leaves nothing', async () => {
		const node = trigger();
		expect(await node.hook('checkExists')).toBe(false);
		expect(await node.hook('create')).toBe(true);
		expect(await registered()).toEqual({ plugins: BOTH, referred: 2 });
		expect(await node.hook('checkExists')).toBe(true);
		expect(await node.hook('delete')).toBe(true);
		expect(await registered()).toEqual(NOTHING);
		expect(await node.hook('delete')).toBe(true);
	});

	test('takes over what is there when n8n has lost its IDs', async () => {
		await trigger().hook('create');
		const forgetful = trigger();
		expect(await forgetful.hook('checkExists')).toBe(true);
		await forgetful.hook('create');
		expect(await registered()).toEqual({ plugins: BOTH, referred: 2 });
		await forgetful.hook('delete');
		expect(await registered()).toEqual(NOTHING);
	});

	test('removes what is too much when another event is chosen', async () => {
		await trigger().hook('create');
		const narrower = trigger({ event: 'entityCreated' });
		expect(await narrower.hook('checkExists')).toBe(false);
		await narrower.hook('create');
		expect(await registered()).toEqual({ plugins: ['entity-add-webhook webhook'], referred: 1 });
	});

	test('goes to another type when another one is chosen', async () => {
		const before = trigger();
		await before.hook('create');
		await before.hook('delete');
		const after = trigger({ typeId: known.typeAuthor });
		expect(await after.hook('checkExists')).toBe(false);
		await after.hook('create');
		expect(await registered()).toEqual({ plugins: BOTH, referred: 0 });
		expect(await registered(known.typeAuthor)).toEqual({ plugins: BOTH, referred: 2 });
	});

	test('a test and the published workflow have plugins of their own', async () => {
		const node = trigger();
		await node.hook('create');
		await trigger().hook('create', { isTest: true });
		expect((await registered()).plugins).toHaveLength(4);
		await trigger().hook('delete', { isTest: true });
		expect(await registered()).toEqual({ plugins: BOTH, referred: 2 });
	});

	test('what n8n keeps removes a plugin whose address has changed since', async () => {
		const node = trigger();
		await node.hook('create');
		const moved = trigger({ staticData: node.stored, addresses: { webhookBaseUrl: 'https://elsewhere.example.com/webhook' } });
		await moved.hook('delete');
		expect(await registered()).toEqual(NOTHING);
	});

	test('what it may not do is told, and nothing is left behind', async () => {
		const plain = trigger({ apiKey: userKey });
		await expect(plain.hook('create')).rejects.toMatchObject({ description: expect.stringContaining('Entu Polling Trigger') });
		expect(await registered()).toEqual(NOTHING);
	});

	test('why it could not be registered is told, also where what was made can not be removed', async () => {
		const refused = (message: string): Fault => ({ type: 'status', status: 403, body: { error: true, statusCode: 403, statusMessage: message, message } });
		await sandbox.control.fault({ service: 'entu', method: 'POST', path: `/entity/${known.typeBook}$`, times: -1, fault: refused('no editor') });
		await sandbox.control.fault({ service: 'entu', method: 'DELETE', times: -1, fault: refused('no owner') });
		await expect(trigger().hook('create')).rejects.toMatchObject({
			message: expect.stringContaining('no editor'),
			description: expect.stringMatching(/Entu Polling Trigger.*Delete by hand in Entu: plugin [0-9a-f]{24}, plugin [0-9a-f]{24}/),
		});
	});

	test('a plugin that can not be deleted is named', async () => {
		const node = trigger();
		await node.hook('create');
		await sandbox.control.fault({ service: 'entu', method: 'DELETE', times: -1, fault: { type: 'status', status: 403, body: { error: true, statusCode: 403, statusMessage: 'no', message: 'no' } } });
		await expect(node.hook('delete')).rejects.toMatchObject({ description: expect.stringMatching(/Delete by hand in Entu: plugin [0-9a-f]{24}, plugin [0-9a-f]{24}/) });
	});
});

test.each(['http://localhost:5678/webhook', 'http://n8n.example.com/webhook', 'https://192.168.1.5/webhook', 'https://n8n.local/webhook', 'https://10.0.0.8/webhook'])('refuses %s, which Entu would skip', async (webhookBaseUrl) => {
	const node = trigger({ baseUrl: 'https://entu.example.com/api', addresses: { webhookBaseUrl } });
	await sandbox.control.clearJournal();
	await expect(node.hook('create')).rejects.toMatchObject({ message: expect.stringContaining('Entu calls public https addresses only; this n8n says that it is at'), description: expect.stringContaining('WEBHOOK_URL') });
});

describe('a call', () => {
	const call = (more: IDataObject = {}): IDataObject => ({ db: known.database, plugin: 'entity-edit-webhook', entity: { _id: known.book }, token: token(known.user), ...more });

	test('is answered and brings the entity, and nothing of the token', async () => {
		const { status, response, items } = await trigger().call(call());
		expect({ status, noWebhookResponse: response.noWebhookResponse }).toEqual({ status: 200, noWebhookResponse: true });
		expect(items).toEqual([{ json: expect.objectContaining({ event: 'changed', _id: known.book, name: 'The Hobbit' }) }]);
		expect(JSON.stringify(items)).not.toContain(token(known.user));
	});

	test('tells created from changed', async () => {
		const { items } = await trigger().call(call({ plugin: 'entity-add-webhook' }));
		expect(items[0]?.json.event).toBe('created');
	});

	test.each<[string, IDataObject]>([
		['another database', { db: 'other' }],
		['another event', { plugin: 'entity-delete-webhook' }],
		['no ID', { entity: { _id: 'x' } }],
		['no entity', { entity: 'x' }],
	])('with %s is turned away', async (_, more) => {
		const { status, response, items } = await trigger().call(call(more));
		expect({ status, items, response }).toEqual({ status: 401, items: [], response: { noWebhookResponse: true } });
	});

	test('for one event does not start the other', async () => {
		expect((await trigger({ event: 'entityCreated' }).call(call())).status).toBe(401);
	});

	test('about an entity that is gone or out of sight starts nothing', async () => {
		await sandbox.control.happen('entu', 'remove', { id: known.privateEntity });
		expect((await trigger().call(call({ entity: { _id: known.privateEntity } }))).items).toEqual([]);
	});

	test('that can not be followed up says so in the item', async () => {
		const node = trigger();
		await sandbox.control.fault({ service: 'entu', path: `entity/${known.book}`, times: -1, fault: { type: 'status', status: 400, body: { error: true, message: 'no' } } });
		expect((await node.call(call())).items).toEqual([{ json: { event: 'changed', id: known.book, error: expect.stringMatching(/\S/) } }]);
	});

	test('of our own account is left out if so wanted', async () => {
		const node = trigger({ options: { ignoreOwnChanges: true } });
		expect((await node.call(call({ token: token(known.owner) }))).items).toEqual([]);
		expect((await node.call(call({ token: token(known.user) }))).items).toHaveLength(1);
		expect((await node.call(call({ token: 'x' }))).items).toHaveLength(1);
	});
});


/** As Entu signs it; nobody looks at the signature. */
function token(person: string): string {
	const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
	return `${encode({ alg: 'HS256' })}.${encode({ accounts: { [known.database]: person } })}.signature`;
}

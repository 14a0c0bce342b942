// What only one of the nodes shows in the editor, and what all of them show when something fails.
import assert from 'node:assert/strict';
import type { IDataObject, INode } from 'n8n-workflow';
import { known as endocs } from '../../../../sandbox/endocs/seed.mts';
import { known as entu } from '../../../../sandbox/entu/seed-known.mts';
import type { Checks } from '../../checks.mts';
import type { Editor } from './editor.mts';
import type { Server } from '../../server.mts';
import type { Entered } from './credentials.mts';
import { readEntu } from './nodes.mts';

/** Checks that stand each for itself. */
export async function checkParticulars({ check }: Checks, server: Server, editor: Editor, entered: Entered): Promise<void> {
	editor.errors.length = 0;
	const place = async (node: string, action: string, credentialType: string) => {
		await editor.newWorkflow();
		await editor.findNode(node, node);
		await editor.actionsOf(node, [action]);
		await editor.pickAction(action);
		await editor.chooseCredential(entered.get(credentialType) ?? 'none');
	};

	await check('Entu: the properties of the chosen type can be filled in, all of them at once', async () => {
		await place('Entu', 'Create Entu entity', 'entuApi');
		await editor.searchLocator('typeId', 'boo', 'Book (book)');
		const { shown, toAdd } = await editor.mappedColumns();
		assert(shown.includes('Name'));
		const labels = await labelsOfBooks(server);
		assert(labels.length > 10, `The sandbox has only ${labels.join(', ')}.`);
		const missing = labels.filter((label) => !shown.some((column) => column.startsWith(label)));
		assert.deepEqual([missing, toAdd], [[], []]);
	});
	await check('Entu: the list of entities begins with records, not with definitions', async () => {
		await place('Entu', 'Get Entu entity', 'entuApi');
		const { all, found } = await editor.searchLocator('entityId', 'hobbit', 'The Hobbit (book)');
		assert.deepEqual(all.filter((entry) => / \((property|entity|menu)\)$/.test(entry)), []);
		assert(found.length < all.length, 'The search did not narrow the list.');
	});
	await check('Entu: what is required and empty is told by its name', async () => {
		await place('Entu', 'Get Entu entity', 'entuApi');
		assert.match(await editor.executeStep(), /Parameter "Entity" is required/);
	});
	await check('EnDocs Cloud: the approver searched in the list of users, a document declined', async () => {
		await server.control.reset('endocs');
		await place('EnDocs Cloud', 'Decline unprocessed document', 'enDocsCloudApi');
		await editor.fill('nonFormId', String(endocs.firstUnprocessed));
		const { all, found } = await editor.searchLocator('approver', 'вера', `${endocs.approver} (${endocs.manager})`);
		assert(found.length < all.length, 'The search did not narrow the list.');
		await editor.fill('comment', 'Скан нечитаемый');
		assert.match(await editor.executeStep(), /success/i);
		assert.deepEqual((await server.control.summary('endocs')).effects, { decline: 1 });
	});
	await check('SmartConnect.com: the operation chooses the kind of credential; a run has the choice', async () => {
		await place('SmartConnect.com', 'Run integration', 'smartConnectApi');
		await editor.pick('authentication', 'REST API');
		await editor.chooseCredential(entered.get('smartConnectRestApi') ?? 'none');
		await editor.parameter('integrationId').waitFor();
		await editor.pick('resource', 'Company');
		await editor.chooseCredential(entered.get('smartConnectApi') ?? 'none');
		assert.equal(await editor.parameter('authentication').count(), 0);
	});

	await check('an error says what happened, to which item, and what to do', async () => {
		await editor.openNode(await getTwoEntities(server, entered), 'Get entity');
		assert.match(await editor.executeStep(), /Problem in node/);
		const { message, description } = await editor.error();
		assert.match(message, new RegExp(`Entu answered: Entity ${MISSING} not found \\[item 1\\]`));
		assert.match(description, /^Check the ID: the entity or value may have been deleted or replaced\. /);
	});
	await check('a hint tells how many items have failed, and why', async () => {
		await editor.openNode(await getTwoEntities(server, entered, { onError: 'continueRegularOutput' }), 'Get entity');
		assert.match(await editor.executeStep(), /success/i);
		assert((await editor.hints()).includes('1 of 2 items failed: 1 not found'), `The hints are: ${(await editor.hints()).join(', ')}`);
	});
	await check("no error in the browser's console meanwhile", () => assert.deepEqual(editor.errors, []));
}

const MISSING = '65a0000000000000000fffff';

/** The labels of all properties of books that take a value: neither computed nor files. */
async function labelsOfBooks(server: Server): Promise<string[]> {
	const { entities } = await readEntu(server, `_type.string=property&_parent.reference=${entu.typeBook}&limit=100`);
	const taken = entities.filter(({ type, formula, readonly }) => type?.[0]?.string !== 'file' && !formula && !readonly);
	return taken.map(({ label, name }) => (label?.find(({ language }) => language === 'en') ?? label?.[0] ?? name?.[0])?.string ?? '');
}

/** Saves a workflow that gets one entity that is there and one that is not. */
async function getTwoEntities({ api }: Server, entered: Entered, more: Partial<INode> = {}): Promise<string> {
	const { data } = await api.call<{ data: Array<{ id: string; name: string }> }>('GET', '/rest/credentials');
	const credential = data.find(({ name }) => name === entered.get('entuApi'));
	assert(credential, 'The credential was not saved.');
	const node = (name: string, type: string, parameters: IDataObject): INode =>
		({ id: name, name, type, typeVersion: 1, position: [0, 0], parameters }) as INode;
	const start = node('Start', 'n8n-nodes-base.manualTrigger', {});
	const parameters = { resource: 'entity', operation: 'get', entityId: { __rl: true, mode: 'id', value: '={{ $json.id }}' } };
	const get = { ...node('Get entity', 'n8n-nodes-backoffice.entu', parameters), position: [220, 0], credentials: { entuApi: credential }, ...more } as INode;
	return await api.createWorkflow({
		name: 'Get two entities',
		nodes: [start, get],
		connections: { Start: { main: [[{ node: 'Get entity', type: 'main', index: 0 }]] } },
		pinData: { Start: [entu.book, MISSING].map((id) => ({ json: { id } })) },
	});
}

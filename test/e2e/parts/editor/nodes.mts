// What a person does with each of the five nodes in the editor, and what the sandbox then holds.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import { editorToken } from '../../../../sandbox/accutics/seed.mts';
import { known as endocs } from '../../../../sandbox/endocs/seed.mts';
import { apiKey, known as ento } from '../../../../sandbox/ento/seed.mts';
import { known as entu, ownerKey } from '../../../../sandbox/entu/seed-known.mts';
import { known as smartConnect, seedRuns } from '../../../../sandbox/smartconnect/seed.mts';
import type { Editor } from './editor.mts';
import type { Server } from '../../server.mts';

/** One node, used by hand. */
export interface ByHand {
	/** As the node panel calls it. */
	node: string;
	/** Its type, without the package. */
	type: string;
	/** Its codex, which holds the aliases. */
	codex: string;
	credentialType: string;
	action: string;
	/** What is filled in, in words. */
	filledIn: string;
	fillIn(editor: Editor): Promise<void>;
	/** What the table must show in some of its columns, in this order. */
	expected(server: Server): Promise<{ columns: string[]; rows: IDataObject[] }>;
	/** The picture in docs/images, without theme and ending. */
	picture: string;
}

export const byHand: readonly ByHand[] = [
	{
		node: 'Accutics',
		type: 'accutics',
		codex: 'nodes/Accutics/Accutics.node.json',
		credentialType: 'accuticsApi',
		action: 'Get many Accutics entities',
		filledIn: 'an endpoint searched for and picked, and query parameters added one by one',
		fillIn: async (editor) => {
			const { all } = await editor.searchLocator('path', 'item', 'Items');
			assert.deepEqual(all, ['Items', 'Briefs', 'Options', 'Groups']);
			for (const [name, value] of [['status', 'archived'], ['market', 'NL']] as const) {
				await editor.addRow('Add Query Parameter');
				await editor.fill('name', name);
				await editor.fill('value', value);
			}
		},
		expected: async ({ sandboxUrl }) => {
			const headers = { authorization: `Bearer ${editorToken}` };
			const { data } = await read<{ data: IDataObject[] }>(`${sandboxUrl}/accutics/sandbox/items?status=archived&market=NL&page_size=50`, headers);
			return { columns: ['id', 'title', 'group', 'status', 'market'], rows: data };
		},
		picture: 'accutics-editor',
	},
	{
		node: 'EnDocs Cloud',
		type: 'enDocsCloud',
		codex: 'nodes/EnDocsCloud/EnDocsCloud.node.json',
		credentialType: 'enDocsCloudApi',
		action: 'Get new invoices',
		filledIn: 'the ID of the last known document',
		fillIn: async (editor) => await editor.fill('afterDocumentId', '750'),
		expected: async ({ sandboxUrl }) => {
			const headers = { authorization: `Bearer ${endocs.token}` };
			let rows: IDataObject[] = [];
			for (let after: unknown = 750, more = true; more; after = rows.at(-1)?.id) {
				const { value } = await read<{ value: IDataObject[] }>(`${sandboxUrl}/endocs/Output/GetNewInvoices/${String(after)}/${randomUUID()}`, headers);
				rows = [...rows, ...value];
				more = value.length > 0;
			}
			return { columns: ['docNumber', 'docDate', 'amountToPay', 'currency', 'state', 'source', 'id'], rows };
		},
		picture: 'endocs-editor',
	},
	{
		node: 'Ento',
		type: 'ento',
		codex: 'nodes/Ento/Ento.node.json',
		credentialType: 'entoApi',
		action: 'Get many shifts',
		filledIn: 'a range of days, whereupon their number is asked for, and a filter added',
		fillIn: async (editor) => {
			const ranges = await editor.pick('dateRange', 'Next N Days');
			assert.deepEqual(ranges, ['Custom', 'Last N Days', 'Next N Days', 'This Week', 'Today', 'Tomorrow', 'Yesterday']);
			await editor.fill('days', '10');
			await editor.addToCollection('Add Filter', 'Area');
			await editor.searchLocator('area', 'harbour', `Harbour Cafe (${ento.area})`);
		},
		expected: async (server) => {
			const { data } = await server.api.call<{ data: { timezone: string } }>('GET', '/rest/settings');
			const days = { start_date: dayIn(data.timezone, 0), end_date: dayIn(data.timezone, 9), area: ento.area, include_employee: 'true', include_role: 'true', per_page: '100' };
			const list = await read<{ data: IDataObject[] }>(`${server.sandboxUrl}/ento/shifts?${new URLSearchParams(days)}`, { 'x-api-key': apiKey });
			return { columns: ['date', 'start', 'end', 'label', 'employee_id', 'role_id', 'area_id', 'state', 'id'], rows: list.data };
		},
		picture: 'ento-editor',
	},
	{
		node: 'Entu',
		type: 'entu',
		codex: 'nodes/Entu/Entu.node.json',
		credentialType: 'entuApi',
		action: 'Get many Entu entities',
		filledIn: 'the entity type, searched in its list, and a filter on one of its properties',
		fillIn: async (editor) => {
			const { all, found } = await editor.searchLocator('typeId', 'boo', 'Book (book)');
			assert(all.length > 5 && found.length === 1, `Of ${all.length} types, ${found.length} were found.`);
			await editor.addRow('Add Condition');
			const properties = await editor.pick('property', 'Pages');
			assert(properties.includes('Published') && properties.includes('Created At'), `Offered were only ${properties.join(', ')}.`);
			await editor.pick('operator', 'Greater Than');
			await editor.fill('value', '935');
			await editor.addToCollection('Add option', 'Properties');
			await editor.fill('properties', 'name,pages,published,status,price');
		},
		expected: async (server) => {
			const { entities } = await readEntu(server, '_type.string=book&pages.number.gt=935&limit=50');
			const rows = entities.map(({ _id, name, pages, status }) => ({ _id: _id, name: name?.[0]?.string, pages: pages?.[0]?.number, status: status?.[0]?.string }));
			return { columns: ['name', '_id', 'pages', 'status'], rows };
		},
		picture: 'entu-editor',
	},
	{
		node: 'SmartConnect.com',
		type: 'smartConnect',
		codex: 'nodes/SmartConnect/SmartConnect.node.json',
		credentialType: 'smartConnectApi',
		action: 'Get many runs of integration',
		filledIn: 'the integration, searched in its list',
		fillIn: async (editor) => {
			const { all, found } = await editor.searchLocator('integrationId', 'cust', 'CUSTOMERS (Customers to CRM)');
			assert(all.length > 3 && found.length === 1, `Of ${all.length} integrations, ${found.length} were found.`);
		},
		expected: async () => {
			const runs = (seedRuns().get(smartConnect.customers) ?? []).slice(-10).reverse();
			const rows = runs.map((run) => ({ RunNumber: run.runNumber, RunDate: run.runDate, RecordCount: run.recordCount, ErrorCount: run.rejected.length }));
			return { columns: ['RunNumber', 'RunDate', 'RecordCount', 'ErrorCount'], rows };
		},
		picture: 'smartconnect-editor',
	},
];

/** An entity as Entu sends it: each property with its values. */
type EntuEntity = { _id: string } & Record<string, Array<{ string?: string; number?: number; language?: string }> | undefined>;

/** Reads from Entu as the owner of the sandbox's database, past n8n. */
export async function readEntu({ sandboxUrl }: Server, query: string): Promise<{ entities: EntuEntity[] }> {
	const login = await read<{ token: string }>(`${sandboxUrl}/entu/auth?db=${entu.database}`, { authorization: `Bearer ${ownerKey}` });
	return await read(`${sandboxUrl}/entu/${entu.database}/entity?${query}`, { authorization: `Bearer ${login.token}` });
}

async function read<T>(url: string, headers: Record<string, string>): Promise<T> {
	const answer = await fetch(url, { headers: { accept: 'application/json', ...headers } });
	assert(answer.ok, `The sandbox answered ${answer.status} to ${url}.`);
	return (await answer.json()) as T;
}

/** The day so many days from today, as yyyy-mm-dd. */
function dayIn(timeZone: string, days: number): string {
	return new Intl.DateTimeFormat('en-CA', { timeZone }).format(Date.now() + days * 86_400_000);
}

import assert from 'node:assert/strict';
import type { IDataObject, INode } from 'n8n-workflow';
import { outputOf, type ExampleWorkflow } from '../../../../demo/api.mts';
import { known } from '../../../../sandbox/endocs/seed.mts';
import type { Server } from '../../server.mts';
import { byClick, CLICK, type Tour } from './tour.mts';

export const endocs: Tour = {
	name: 'endocs',
	title: 'New invoices into a table',
	opening: 'An accountant wants the new invoices of EnDocs Cloud in Excel: number, date, contractor, amount.',
	needs: 'An [EnDocs Cloud credential](../endocs.md#credential).',
	steps: [
		byClick('endocs', 'EnDocs Cloud', 'Get new invoices'),
		{
			says: '*After Document ID* is 0: reading begins with the first invoice. Later, enter the greatest ID of your last table there. Turn on **Return All** and click **Execute step**.',
			does: async (hands) => {
				await hands.parameter('returnAll').locator('.el-switch').click();
				await hands.succeed();
			},
			shows: { part: 'output', text: 'The invoices, one row each' },
		},
		{
			says: 'Close the panel. Click the **+** behind the node, type `excel`, click **Convert to File**, then **Convert to XLSX**. Click **Execute step**.',
			does: async (hands) => {
				await hands.backToCanvas();
				await hands.addBehind('Get new invoices', { search: 'excel', found: 'Convert to File', action: 'Convert to XLSX' });
				await hands.succeed();
			},
			shows: { part: 'output', text: 'The spreadsheet, to be viewed or downloaded' },
		},
	],
	next: 'Click **Download** in the output. To be told of each new invoice instead, begin with the [EnDocs Cloud Trigger](../triggers.md): it remembers the last one by itself.',
	check: async ({ server, execution, workflowId }) => {
		const invoices = outputOf(execution, 'Get new invoices');
		assert.equal(invoices.length, known.invoices);
		const file = execution.runData['Convert to File']?.[0]?.data?.main?.[0]?.[0]?.binary?.data;
		assert.equal(file?.fileExtension, 'xlsx');
		const rows = await readAgain(server, workflowId);
		assert.deepEqual(rows.map(numbers), invoices.map(numbers));
	},
};

const numbers = ({ docNumber, id }: IDataObject) => [String(docNumber), String(id)];

/** The rows of the spreadsheet, as n8n reads it again in a workflow with one node more. */
async function readAgain({ api }: Server, workflowId: string): Promise<IDataObject[]> {
	const { data: made } = await api.call<{ data: ExampleWorkflow }>('GET', `/rest/workflows/${workflowId}`);
	const reader: INode = { id: 'reader', name: 'Reader', type: 'n8n-nodes-base.extractFromFile', typeVersion: 1, position: [900, 0], parameters: { operation: 'xlsx' } };
	const connections = { ...made.connections, 'Convert to File': { main: [[{ node: 'Reader', type: 'main' as const, index: 0 }]] } };
	const id = await api.createWorkflow({ name: 'Read the spreadsheet', nodes: [...made.nodes, reader], connections });
	return outputOf(await api.waitForExecution(await api.run(id, CLICK)), 'Reader');
}

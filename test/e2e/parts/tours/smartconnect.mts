import assert from 'node:assert/strict';
import { outputOf } from '../../../../demo/api.mts';
import { EXTRACT, spreadsheet, type Tour } from './tour.mts';

const rows = [
	['C-101', 'Larkspur Ltd', 'office@larkspur.example', 'Fargo'],
	['C-102', 'Bad Debtors Ltd', 'bad@debtors.example', 'Tartu'],
	['C-103', 'Kask & Sons', 'kask@sons.example', 'Tartu'],
	['', 'Nameless Row', 'nobody@row.example', 'Fargo'],
];
const RUN = 'Run integration with rows of items';

export const smartConnect: Tour = {
	name: 'smartconnect',
	title: 'Rows into an integration, the rejected ones into a mail',
	opening: 'A finance consultant feeds new customers from a spreadsheet into an integration. Rows that it rejects go to a colleague, with the reason of each.',
	needs: 'A [SmartConnect.com credential](../smartconnect.md#credentials), and a spreadsheet with the columns of the integration: `No`, `Name`, `Email`, `City`. Of the four rows here, one lacks its number and one is refused by the target.',
	rows: [['No', 'Name', 'Email', 'City'], ...rows],
	steps: [
		...spreadsheet('New customers', rows.length),
		{
			says: `Click the **+** behind *${EXTRACT}*, type \`smartconnect\`, click **SmartConnect.com**, then **${RUN}**. As *Integration* click the list, type \`cust\` and choose **CUSTOMERS**. As *Mapping Column Mode* choose **Map Automatically**.`,
			does: async (hands) => {
				await hands.addBehind(EXTRACT, { search: 'smartconnect', found: 'SmartConnect.com', action: RUN });
				await hands.searchLocator('integrationId', 'cust', 'CUSTOMERS (Customers to CRM)');
				await hands.mapAutomatically();
			},
			shows: { part: 'parameters', text: 'The integration, with columns mapped by their names' },
		},
		{
			says: 'Click **Settings**; as *On Error* choose **Continue (using error output)**. Close the panel: the node has two outputs now, *Success* for accepted rows and *Error* for rejected ones.',
			does: async (hands) => {
				await hands.onError('Continue (using error output)');
				await hands.backToCanvas();
			},
			shows: { part: 'canvas', text: 'The node with its outputs Success and Error' },
		},
		{
			says: 'Click the **+** at *Error*, type `html`, click **HTML**, then **Convert to HTML Table**. Click **Execute step**: the integration runs, once, and the rejected rows come here.',
			does: async (hands) => {
				await hands.addBehind(RUN, { search: 'html', found: 'HTML', action: 'Convert to HTML Table', output: 1 });
				await hands.succeed();
			},
			shows: { part: 'output', text: 'The rejected rows with their reasons, as a table for a mail' },
		},
	],
	next: 'Behind it comes the node of your mailbox: drag `table` into its text. It was left out here, where there is no mail server. Try the workflow with rows that may be sent again: n8n runs a node anew when a step behind its error output is executed later.',
	check: async ({ server, execution }) => {
		assert.equal((await server.control.summary('smartconnect')).effects.run, 1);
		const accepted = outputOf(execution, RUN, 0);
		const rejected = outputOf(execution, RUN, 1);
		assert.deepEqual([accepted.length, rejected.length], [2, 2]);
		const [{ table } = { table: '' }] = outputOf(execution, 'HTML');
		for (const told of ['Bad Debtors Ltd', 'The target refused the name', 'Nameless Row', 'A key field is empty']) {
			assert(String(table).includes(told), `The table does not tell "${told}": ${String(table)}`);
		}
		assert(!String(table).includes('Larkspur'), 'The table holds a row that was accepted.');
	},
};

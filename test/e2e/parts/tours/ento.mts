import assert from 'node:assert/strict';
import { outputOf } from '../../../../demo/api.mts';
import { apiKey } from '../../../../sandbox/ento/seed.mts';
import { ask } from './ask.mts';
import { byClick, type Tour } from './tour.mts';

const FIELDS = ['employee_name', 'start', 'end', 'role_name', 'area_name'];

export const ento: Tour = {
	name: 'ento',
	title: 'Today’s roster with names, in a message',
	opening: 'Somebody who plans rosters wants to know every morning who works today, when, where and as what: a table of names for a mail.',
	needs: 'An [Ento credential](../ento.md#credential).',
	steps: [
		byClick('ento', 'Ento', 'Get many shifts'),
		{
			says: 'The panel is filled in for today already, with employees and roles. Click **Add Filter** and choose **Assigned**, so that shifts which nobody has stay out.',
			does: async (hands) => {
				await hands.addToCollection('Add Filter', 'Assigned');
			},
			shows: { part: 'parameters', text: 'Date Range: Today; Include: Employee and Role; the filter Assigned' },
		},
		{
			says: `As *Output* choose **Selected Fields**, and pick from the list below it: ${FIELDS.map((field) => `**${field}**`).join(', ')}. Click **Execute step**, and close the panel.`,
			does: async (hands) => {
				await hands.pick('output', 'Selected Fields');
				await hands.pickAll('outputFields', FIELDS);
				await hands.succeed();
			},
			shows: { part: 'output', text: 'The shifts of today with the names of the employees' },
		},
		{
			says: 'Close the panel. Click the **+** behind the node, type `html`, click **HTML**, then **Convert to HTML Table**. Click **Execute step**.',
			does: async (hands) => {
				await hands.backToCanvas();
				await hands.addBehind('Get many shifts', { search: 'html', found: 'HTML', action: 'Convert to HTML Table' });
				await hands.succeed();
			},
			shows: { part: 'output', text: 'The same as one text, a table for a mail' },
		},
	],
	next: 'Behind it comes the node of your mailbox: drag `table` into its text. In the place of the click, *On a schedule* sends the roster every morning. For names alone, *Summarize* puts them into one line for a chat.',
	check: async ({ server, execution }) => {
		const { data: settings } = await server.api.call<{ data: { timezone: string } }>('GET', '/rest/settings');
		const day = new Intl.DateTimeFormat('en-CA', { timeZone: settings.timezone }).format();
		const query = new URLSearchParams({ start_date: day, end_date: day, assigned: 'true', include_employee: 'true', include_role: 'true', per_page: '100' });
		const { data: shifts } = await ask<{ data: Shift[] }>(`${server.sandboxUrl}/ento/shifts?${query}`, { 'x-api-key': apiKey });
		const [{ table } = { table: '' }] = outputOf(execution, 'HTML');
		const rows = cellsOf(String(table));
		assert(shifts.length > 2, `The sandbox has ${shifts.length} shifts today.`);
		assert.deepEqual(rows.map(([name, start]) => [name, start]), shifts.map(({ employee, start }) => [`${employee.first_name} ${employee.last_name}`, start]));
	},
};

interface Shift {
	start: string;
	employee: { first_name: string; last_name: string };
}

/** The cells of each row below the head. */
function cellsOf(table: string): string[][] {
	const rows = table.split('<tr').slice(1).map((row) => [...row.matchAll(/<td[^>]*>([^<]*)</g)].map(([, cell = '']) => cell));
	return rows.filter((cells) => cells.length > 0);
}

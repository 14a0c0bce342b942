import assert from 'node:assert/strict';
import { outputOf } from '../../../../demo/api.mts';
import { apiKey } from '../../../../sandbox/ento/seed.mts';
import { ask } from './ask.mts';
import { byClick, type Tour } from './tour.mts';

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
			says: 'Click **Execute step**: one row for each shift, with the names of employee, role and location.',
			does: async (hands) => await hands.succeed(),
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
		const [head = [], ...rows] = cellsOf(String(table));
		const [name, start] = [head.indexOf('employee_name'), head.indexOf('start')];
		assert(shifts.length > 2, `The sandbox has ${shifts.length} shifts today.`);
		assert.deepEqual(rows.map((cells) => [cells[name], cells[start]]), shifts.map(({ employee, start }) => [`${employee.first_name} ${employee.last_name}`, start]));
	},
};

interface Shift {
	start: string;
	employee: { first_name: string; last_name: string };
}

/** The cells of each row, the head first. */
function cellsOf(table: string): string[][] {
	return table.split('<tr').slice(1).map((row) => [...row.matchAll(/<t[hd][^>]*>([^<]*)</g)].map(([, cell = '']) => cell));
}

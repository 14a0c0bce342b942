import assert from 'node:assert/strict';
import type { IDataObject } from 'n8n-workflow';
import { apiKey } from '../../../../sandbox/ento/seed.mts';
import { askSandbox, dayOf, daysAfter, firstRequest, linesOf, type Expectations, type Outcome } from './outcome.mts';

export const ento: Expectations = {
	'who-works-today.json': {
		check: async (outcome) => {
			const today = await dayOfRun(outcome);
			const shifts = await shiftsOf(outcome, today, today, '&assigned=true');
			const people = Object.fromEntries(outcome.output('Write message').map(({ location, people: count }) => [location, count]));
			const names = new Map((await rowsOf(outcome, '/areas')).map(({ id, name }) => [String(id), name]));
			const named = shifts.map(({ area_id: id }) => ({ area: names.get(String(id)) }));
			assert.deepEqual(people, countBy(named, 'area'));
		},
	},
	'unassigned-shifts.json': {
		check: async (outcome) => {
			const today = await dayOfRun(outcome);
			const shifts = await shiftsOf(outcome, today, daysAfter(today, 6), '&assigned=false');
			const [message, ...more] = outcome.output('Write message');
			assert.deepEqual([message?.count, more.length], [shifts.length, 0]);
			const starts = shifts.map(({ date, start }) => `${String(date)} ${String(start).slice(11, 16)}`).sort();
			assert.deepEqual(String(message?.text).split('\n').slice(1).map((line) => line.slice(0, 16)), starts);
		},
	},
	'nightly-shift-export.json': {
		check: async (outcome) => {
			const yesterday = daysAfter(await dayOfRun(outcome), -1);
			const shifts = await shiftsOf(outcome, yesterday, yesterday);
			const { name, text } = await outcome.file('To CSV file');
			assert.equal(name, `shifts-${yesterday}.csv`);
			const [head, ...rows] = linesOf(text);
			assert.equal(head, 'id,date,location,role,employee,name,start,end,state,hours,cost');
			const expected = shifts.map((shift) => [shift.id, shift.date, shift.area_id, shift.role_id, shift.employee_id ?? ''].join(','));
			assert.deepEqual(rows.map((row) => row.split(',').slice(0, 5).join(',')), expected);
		},
	},
	'free-shift-to-team.json': {
		check: async (outcome) => {
			const today = await dayOfRun(outcome);
			const free = await shiftsOf(outcome, today, daysAfter(today, 14), '&assigned=false');
			assert.equal(outcome.output('Write message')[0]?.subject, `Who can work on ${String(free.at(-1)?.date)}?`);
		},
	},
	'hours-per-location.json': {
		check: async (outcome) => {
			const today = await dayOfRun(outcome, '/areas');
			const monday = daysAfter(today, -((new Date(today).getUTCDay() + 6) % 7));
			const shifts = await shiftsOf(outcome, monday, daysAfter(monday, 6));
			const areas = await rowsOf(outcome, '/areas');
			const counts = countBy(shifts, 'area_id');
			const expected = areas.map(({ id, name }) => [name, counts[String(id)], sum(shifts, String(id), 'billable_hours'), sum(shifts, String(id), 'cost')]);
			assert.deepEqual(outcome.output('Write row').map(({ location, shifts: count, hours, cost }) => [location, count, hours, cost]), expected);
		},
	},
};

/** The day on n8n's calendar when the workflow asked. */
async function dayOfRun(outcome: Outcome, path = '/shifts'): Promise<string> {
	return await dayOf(outcome, (await firstRequest(outcome, 'ento', path)).at);
}

async function shiftsOf(outcome: Outcome, from: string, to: string, query = ''): Promise<IDataObject[]> {
	const shifts = await rowsOf(outcome, `/shifts?start_date=${from}&end_date=${to}${query}`);
	assert(shifts.length > 1, `The sandbox has no shifts from ${from} to ${to}, so nothing can be compared.`);
	return shifts;
}

async function rowsOf(outcome: Outcome, path: string): Promise<IDataObject[]> {
	return (await askSandbox<{ data: IDataObject[] }>(outcome, `/ento${path}`, { 'x-api-key': apiKey })).data;
}

function countBy(rows: IDataObject[], key: string): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const row of rows) counts[String(row[key])] = (counts[String(row[key])] ?? 0) + 1;
	return counts;
}

function sum(shifts: IDataObject[], area: string, key: string): number {
	const total = shifts.filter(({ area_id: id }) => id === area).reduce((before, shift) => before + Number(shift[key]), 0);
	return Math.round(total * 100) / 100;
}

import type { IDataObject } from 'n8n-workflow';
import { seed } from '../../../sandbox/ento/seed.mts';
import { editions, MANUAL, workflowRunner } from '../../support/workflows.mts';
import { useEnto } from './ento.mts';

const bench = useEnto();

/** The shifts of some days as the sandbox holds them, past the node. */
const shifts = async (from: number, to: number, query = ''): Promise<IDataObject[]> => {
	const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
	const address = `${bench.sandbox.url}/ento/shifts?start_date=${day(from)}&end_date=${day(to)}${query}`;
	const answer = await fetch(address, { headers: { 'x-api-key': String(bench.credential.data.apiKey) } });
	return ((await answer.json()) as { data: IDataObject[] }).data;
};

/** The credential of the demo knows where locations and roles are listed. */
beforeEach(() => void Object.assign(bench.credential.data, { locationsPath: '/areas', rolesPath: '/roles' }));

const areaNames = new Map(seed(0).areas.map(({ id, name }) => [id, name]));

describe.each(editions)('examples of $edition', ({ edition, folder }) => {
	const example = workflowRunner(bench.engine, 'ento', folder);
	/** The example of 0.1.0 tells places by their IDs. */
	const placeOf = ({ area_id: area }: IDataObject) => (edition === '0.1.0' ? area : areaNames.get(String(area)));

	describe('who-works-today', () => {
		test.each([MANUAL, 'Every morning'])('writes one message for each location with all who come, from "%s"', async (trigger) => {
			const expected = await shifts(0, 0, '&assigned=true');
			const messages = example.rows(await example.run('who-works-today', trigger), 'Write message');
			expect(messages.map(({ location }) => location).sort()).toEqual([...new Set(expected.map(placeOf))].sort());
			expect(messages.reduce((sum, { people }) => sum + Number(people), 0)).toBe(expected.length);
			expect(messages[0]?.text).toMatch(/^On shift today at [A-Z][\w ]+:\n(\d\d:00–\d\d:00 \w+ \w+ \(\w+\)\n?)+$/);
		});
	});

	describe('unassigned-shifts', () => {
		test.each([MANUAL, 'Every afternoon'])('writes one message with all of them, in order, from "%s"', async (trigger) => {
			const expected = await shifts(0, 6, '&assigned=false');
			expect(expected.length).toBeGreaterThan(3);
			const [message = {}, ...more] = example.rows(await example.run('unassigned-shifts', trigger), 'Write message');
			expect(more).toEqual([]);
			expect(message.count).toBe(expected.length);
			const [, ...lines] = String(message.text).split('\n');
			expect(lines).toHaveLength(expected.length);
			expect(lines).toEqual([...lines].sort());
		});

		test('writes none when all shifts are filled', async () => {
			const body = { data: [] };
			await bench.sandbox.control.fault({ service: 'ento', path: '^/shifts', fault: { type: 'status', status: 200, body } });
			expect(example.rows(await example.run('unassigned-shifts'), 'Write message')).toEqual([]);
		});
	});

	describe('nightly-shift-export', () => {
		test.each([MANUAL, 'Every night'])('makes a file of all shifts of yesterday, from "%s"', async (trigger) => {
			const expected = await shifts(-1, -1);
			const run = await example.run('nightly-shift-export', trigger);
			const { name, lines: [head, ...lines] } = await example.file(run, 'To CSV file');
			expect(name).toBe(`shifts-${String(expected[0]?.date)}.csv`);
			expect(head).toBe('id,date,location,role,employee,name,start,end,state,hours,cost');
			expect(lines.map((line) => line.split(',')[0])).toEqual(expected.map(({ id }) => id));
		});
	});

	describe('hours-per-location', () => {
		test.each([MANUAL, 'Every Monday'])('adds up the shifts of this week, from "%s"', async (trigger) => {
			const weekday = (new Date().getUTCDay() + 6) % 7;
			const expected = await shifts(-weekday, 6 - weekday);
			const rows = example.rows(await example.run('hours-per-location', trigger), 'Write row');
			expect(rows).toHaveLength(5);
			expect(rows.map(({ location }) => location)).toContain('Harbour Cafe');
			expect(rows.reduce((sum, row) => sum + Number(row.shifts), 0)).toBe(expected.length);
			const hours = expected.reduce((sum, row) => sum + Number(row.billable_hours), 0);
			expect(rows.reduce((sum, row) => sum + Number(row.hours), 0)).toBeCloseTo(hours);
		});
	});
});

/** Dates in the documented form, from whatever n8n hands over. */
import { dateOf } from '../../../nodes/EnDocsCloud/values/dates';
import type { Call } from '../../../nodes/shared/operation/call';
import { toDate, type DateForm } from '../../../nodes/shared/operation/dates';
import { useEndocs } from './endocs.mts';

const bench = useEndocs();
describe('dateOf', () => {
	const written = (value: unknown, timeZone: string): string | undefined =>
		dateOf({ date: (_: string, also: DateForm[]) => toDate('Document Date', value, timeZone, also) } as unknown as Call, 'docDate');

	test.each([
		['2025-03-11', '11.03.2025'],
		['2025-03-10T21:30:00Z', '11.03.2025'],
		['11.03.2025', '11.03.2025'],
		['1741642200000', '11.03.2025'],
		[1741642200000, '11.03.2025'],
		[new Date('2025-03-10T21:30:00Z'), '11.03.2025'],
	])('%s is %s in Moscow', (value, date) => {
		expect(written(value, 'Europe/Moscow')).toBe(date);
	});

	test.each(['yesterday', '31.02.2025', '2025-02-29', '2025-13-01', '11.3.2025', '03/04/2025', '2025', '1741642', '5', '[object Object]', '0000-00-00'])(
		'%s is no date',
		(text) => {
			expect(() => written(text, 'Europe/Moscow')).toThrow();
		},
	);
});

describe('through n8n', () => {
	const sent = async (docDate: string, date: unknown, timezone: string) => {
		const run = await bench.run(
			'document',
			'upsert',
			{ extId: '1', docNumber: '1', docDate },
			{ items: [{ json: { date } as never }], settings: { timezone } },
		);
		if (run.error) throw run.error;
		return (await bench.sent()).DocDate;
	};

	test.each([
		['what the date picker gives', '2025-03-11T00:00:00', undefined, 'Asia/Kamchatka', '11.03.2025'],
		['a Luxon date of an expression', '={{ DateTime.fromISO("2025-03-11T00:10:00", { zone: "Europe/Moscow" }) }}', undefined, 'Europe/Moscow', '11.03.2025'],
		['a JavaScript date of an expression', '={{ new Date("2025-03-10T21:10:00Z") }}', undefined, 'Europe/Moscow', '11.03.2025'],
		['a date of another node, shortly after midnight east of UTC', '={{ $json.date }}', '2025-03-10T21:10:00.000Z', 'Europe/Moscow', '11.03.2025'],
		['the same in UTC', '={{ $json.date }}', '2025-03-10T21:10:00.000Z', 'UTC', '10.03.2025'],
		['a number of milliseconds', '={{ $json.date }}', 1741642200000, 'Europe/Moscow', '11.03.2025'],
		['the documented form itself', '={{ $json.date }}', '11.03.2025', 'America/New_York', '11.03.2025'],
	])('%s', async (_, docDate, date, timezone, expected) => {
		expect(await sent(docDate, date, timezone)).toBe(expected);
	});
});

/** Dates in the documented form, from whatever n8n hands over. */
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { toDate } from '../../../nodes/EnDocsCloud/values/dates';
import { useEndocs } from './endocs.mts';

const bench = useEndocs();
const ZONES = ['Europe/Moscow', 'Asia/Kamchatka', 'America/New_York', 'UTC', 'Asia/Kolkata'] as const;

describe('toDate', () => {
	test.each([
		['2025-03-11', '11.03.2025'],
		['2025-03-11T00:30:00', '11.03.2025'],
		['2025-03-11 23:59:59', '11.03.2025'],
		['2025-03-10T21:30:00Z', '11.03.2025'],
		['2025-03-11T00:30:00.000+03:00', '11.03.2025'],
		['2025-03-11T00:30:00+12:00', '10.03.2025'],
		['11.03.2025', '11.03.2025'],
		['Mon, 10 Mar 2025 22:00:00 GMT', '11.03.2025'],
		['Tue Mar 11 2025 00:30:00 GMT+0300 (Moscow Standard Time)', '11.03.2025'],
		['1741642200000', '11.03.2025'],
	])('%s is %s in Moscow', (text, date) => {
		expect(toDate(text, 'Europe/Moscow')).toBe(date);
	});

	test.each(['yesterday', '31.02.2025', '2025-02-29', '2025-13-01', '11.3.2025', '03/04/2025', '2025', '1741642', '5', '[object Object]', '0000-00-00'])(
		'%s is no date',
		(text) => {
			expect(toDate(text, 'Europe/Moscow')).toBeUndefined();
		},
	);

	test('the day of a moment is that of the workflow’s time zone', () => {
		const moment = fc.integer({ min: Date.UTC(1975, 0), max: Date.UTC(2100, 0) });
		fc.assert(
			fc.property(moment, fc.constantFrom(...ZONES), fc.constantFrom(...ZONES), (ms, zone, written) => {
				const expected = DateTime.fromMillis(ms, { zone }).toFormat('dd.MM.yyyy');
				expect(toDate(DateTime.fromMillis(ms, { zone: written }).toISO() ?? '', zone)).toBe(expected);
				expect(toDate(new Date(ms).toISOString(), zone)).toBe(expected);
				expect(toDate(String(new Date(ms)), zone)).toBe(expected);
				if (ms > 100_000_000_000) expect(toDate(String(ms), zone)).toBe(expected);
				const local = DateTime.fromMillis(ms, { zone }).toISO({ includeOffset: false }) ?? '';
				expect(toDate(local, zone)).toBe(expected);
				expect(toDate(expected, zone)).toBe(expected);
			}),
		);
	});
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

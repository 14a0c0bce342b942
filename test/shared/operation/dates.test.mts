/** One way to read a date: the same moment and the same day, in whatever form n8n hands it over. */
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { toDate } from '../../../nodes/shared/operation/dates';

const ZONES = ['America/New_York', 'America/Sao_Paulo', 'Europe/Berlin', 'Europe/Tallinn', 'Europe/Moscow', 'Asia/Kolkata', 'Asia/Kamchatka', 'Australia/Lord_Howe', 'Pacific/Apia', 'UTC'];
const BERLIN = 'Europe/Berlin';

describe('toDate', () => {
	test.each([
		['2025-03-11', '2025-03-11', '2025-03-10T23:00:00.000Z'],
		[' 2025-03-11 ', '2025-03-11', '2025-03-10T23:00:00.000Z'],
		['2025-03-11T00:30:00', '2025-03-11', '2025-03-10T23:30:00.000Z'],
		['2025-03-11 23:59', '2025-03-11', '2025-03-11T22:59:00.000Z'],
		['2025-03-10T23:30:00Z', '2025-03-11', '2025-03-10T23:30:00.000Z'],
		['2025-03-11T00:30:00.123456+03:00', '2025-03-10', '2025-03-10T21:30:00.123Z'],
		['2025-03-11 00:30:00 +0530', '2025-03-10', '2025-03-10T19:00:00.000Z'],
		['2025-03-11T00:30:00+01', '2025-03-11', '2025-03-10T23:30:00.000Z'],
		['Mon, 10 Mar 2025 23:00:00 GMT', '2025-03-11', '2025-03-10T23:00:00.000Z'],
		['Tue Mar 11 2025 00:30:00 GMT+0300 (Moscow Standard Time)', '2025-03-10', '2025-03-10T21:30:00.000Z'],
	])('%s', (text, day, moment) => expect(toDate('Due', text, BERLIN)).toEqual({ day, ms: Date.parse(moment) }));

	test.each([
		['12/05/2026', '"12/05/2026" could be 12 May or 5 December'],
		['5-12-2026', '"5-12-2026" could be 5 December or 12 May'],
		['25/12/2026', '"25/12/2026" is not a date'],
		['2026-02-30', '"2026-02-30" is not a date: there is no such day'],
		['2025-02-29T10:00:00Z', 'there is no such day'],
		['12.05.2026', '"12.05.2026" could be 12 May or 5 December'],
		['21.05.2026', '"21.05.2026" is not a date'],
		['Tue, 31 Feb 2026 10:00:00 GMT', 'there is no such day'],
		['2026-05-12T24:30', 'there is no such time'],
		['2026-05-12T10:00:00+99:00', '"2026-05-12T10:00:00+99:00" is not a date'],
		['2026', '"2026" is a year, not a date'],
		[2026, '"2026" is a year, not a date'],
		['2026-05', 'is not a date'],
		['20260512', 'is not a date'],
		['2026-W12', 'is not a date'],
		['yesterday', '"yesterday" is not a date'],
		['1741642200000', 'is not a date'],
		[1741642200000, 'is not a date'],
		['', 'is not a date'],
		[undefined, 'Nothing is not a date'],
		[null, '"null" is not a date'],
		[true, '"true" is not a date'],
		[{ day: 1 }, 'An object is not a date'],
		[['2026-05-12'], 'A list is not a date'],
		[new Date(NaN), 'holds an invalid date'],
		[DateTime.invalid('so'), 'holds an invalid date'],
	])('refuses %j', (value, message) => expect(() => toDate('Due', value, BERLIN)).toThrow(message));

	test('milliseconds are taken where the service documents them, and seconds and years nowhere', () => {
		expect(toDate('Due', 1741642200000, BERLIN, ['milliseconds']).ms).toBe(1741642200000);
		expect(toDate('Due', '1741642200000', BERLIN, ['milliseconds']).ms).toBe(1741642200000);
		for (const value of [1741642200, '2026', 2026, 20260512]) expect(() => toDate('Due', value, BERLIN, ['milliseconds'])).toThrow('date');
	});

	test('days with dots are taken where the service documents them', () => {
		expect(toDate('Due', '05.12.2026', BERLIN, ['dotted']).day).toBe('2026-12-05');
		expect(() => toDate('Due', '31.06.2026', BERLIN, ['dotted'])).toThrow('"31.06.2026" is not a date: there is no such day');
	});

	test('at the change of clocks, a moment stays itself and a time without zone gets one moment', () => {
		for (const ms of [Date.parse('2026-10-25T00:30:00Z'), Date.parse('2026-10-25T01:30:00Z')]) {
			expect(toDate('Due', DateTime.fromMillis(ms, { zone: BERLIN }), BERLIN).ms).toBe(ms);
			expect(toDate('Due', DateTime.fromMillis(ms, { zone: BERLIN }).toISO(), BERLIN).ms).toBe(ms);
		}
		expect(toDate('Due', '2026-03-29T02:30:00', BERLIN)).toEqual({ day: '2026-03-29', ms: Date.parse('2026-03-29T01:30:00Z') });
		// In Sao Paulo, this day had no midnight.
		expect(toDate('Due', '2018-11-04', 'America/Sao_Paulo')).toEqual({ day: '2018-11-04', ms: Date.parse('2018-11-04T03:00:00Z') });
		// Samoa went without this one.
		expect(toDate('Due', '2011-12-30', 'Pacific/Apia').day).toBe('2011-12-30');
	});

	/** By the calendar of the runtime, not by Luxon. */
	const calendars = new Map(ZONES.map((timeZone) => [timeZone, new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })]));

	test('one moment is one day in every form', () => {
		const moment = fc.oneof(
			fc.integer({ min: Date.UTC(1975, 0), max: Date.UTC(2100, 0) }),
			// Around a change of clocks in most of these zones.
			fc.constantFrom('2018-11-04T03:00:00Z', '2026-03-08T07:00:00Z', '2026-03-29T01:00:00Z', '2026-10-25T01:00:00Z', '2026-11-01T06:00:00Z', '2026-04-04T15:00:00Z')
				.chain((at) => fc.integer({ min: -86_400_000, max: 86_400_000 }).map((by) => Date.parse(at) + by)),
		);
		fc.assert(
			fc.property(moment, fc.constantFrom(...ZONES), fc.constantFrom(...ZONES), (ms, zone, written) => {
				const local = DateTime.fromMillis(ms, { zone: written });
				const forms: unknown[] = [new Date(ms), local, local.toISO(), new Date(ms).toISOString(), local.toISO({ format: 'extended' })?.replace('T', ' ')];
				const day = calendars.get(zone)?.format(ms);
				const seconds = Math.floor(ms / 1000) * 1000;
				const plain = toDate('Due', day, zone);
				const withoutZone = DateTime.fromMillis(ms, { zone }).toISO({ includeOffset: false }) ?? '';
				const read = toDate('Due', withoutZone, zone);
				// One expectation for all: thousands of cases with eleven each took seconds.
				expect({
					forms: forms.map((form) => toDate('Due', form, zone)),
					toTheSecond: [String(new Date(ms)), new Date(ms).toUTCString()].map((form) => toDate('Due', form, zone).ms),
					milliseconds: toDate('Due', ms, zone, ['milliseconds']),
					plainDays: [plain.day, calendars.get(zone)?.format(plain.ms)],
					dotted: toDate('Due', `${day?.slice(8)}.${day?.slice(5, 7)}.${day?.slice(0, 4)}`, zone, ['dotted']),
					dayWithoutZone: read.day,
					// Of the two moments that a time has when clocks are put back, it is one.
					again: DateTime.fromMillis(read.ms, { zone }).toISO({ includeOffset: false }),
				}).toEqual({
					forms: forms.map(() => ({ day, ms })),
					toTheSecond: [seconds, seconds],
					milliseconds: { day, ms },
					plainDays: [day, day],
					dotted: plain,
					dayWithoutZone: day,
					again: withoutZone,
				});
			}),
			{ numRuns: 5000 },
		);
	}, 120_000);
});

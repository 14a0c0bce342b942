/** Invented people and shifts, always the same but for their dates, which lie around the day of the reset. */

/** assumed: all names of properties; they are those of Ento's import and export screens in snake case (vendors/ento.md §3.6). */
export type Row = Record<string, unknown> & { id: string };

export type Collection = 'staff' | 'shifts' | 'areas' | 'roles';

export const apiKey = 'ento-sandbox-key-7f3c1b9d5e';

const DAYS = 60;
const DAYS_BACK = 30;
const SHIFTS_A_DAY = 6;
const PEOPLE = 44;
const FIRST_SHIFT = 88001;
const DAY_MS = 86_400_000;

export const counts = { staff: PEOPLE, shifts: DAYS * SHIFTS_A_DAY, areas: 5, roles: 9 } as const;

/** Ids that tests and examples may rely on. */
export const known = {
	employee: 'ST1001',
	inactive: 'ST1009',
	prestart: 'ST1010',
	deleted: 'ST1011',
	/** An id that the account made up itself. */
	ownId: 'CASUAL 7/B',
	/** The first shift of today. */
	shift: String(FIRST_SHIFT + DAYS_BACK * SHIFTS_A_DAY),
	area: 'AR10001',
	role: 'RO1001',
} as const;

const FIRST = ['Marla', 'Bodhi', 'Imogen', 'Tarek', 'Wilma', 'Jonty', 'Priya', 'Lachlan', 'Odette', 'Ravi', 'Skye'];
const LAST = ['Quince', 'Abernethy', 'Okafor', 'Lindqvist', 'Marsh', 'Tran', 'Pocock'];
const AREAS = ['Harbour Cafe', 'Hill Street', 'Central Kitchen', 'Airport Kiosk', 'Night Depot'];
const ROLES = ['Barista', 'Cook', 'Cleaner', 'Security', 'Supervisor', 'Host', 'Driver', 'Nurse', 'Trainee'];
const TYPES = ['shift', 'shift', 'shift', 'on_call', 'call_out'];
const LABELS = ['Early', 'Morning', 'Midday', 'Afternoon', 'Evening', 'Night'];

const pick = <T,>(list: readonly T[], n: number): T => list[n % list.length] as T;
const isoDay = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

export function seed(now: number): Record<Collection, Row[]> {
	const today = Math.floor(now / DAY_MS) * DAY_MS;
	const areas = AREAS.map((name, n) => ({ id: `AR${10001 + n}`, name }));
	const roles = ROLES.map((name, n) => ({ id: `RO${1001 + n}`, name, area_id: pick(areas, n).id }));
	const staff = Array.from({ length: PEOPLE }, (_, n) => employee(n, today));
	const workers = staff.filter(({ status, deleted }) => status === 'active' && !deleted);
	const shifts = Array.from({ length: counts.shifts }, (_, n) => shift(n, today, workers));
	return { staff, shifts, areas, roles };
}

function employee(n: number, today: number): Row {
	const [first, last] = [pick(FIRST, n), pick(LAST, n)];
	const kind = n % 11;
	return {
		id: n === PEOPLE - 1 ? known.ownId : `ST${1001 + n}`,
		first_name: first,
		last_name: last,
		full_name: `${first} ${last}`,
		status: kind === 8 ? 'inactive' : 'active',
		deleted: kind === 10,
		// Who begins only later is listed as "Prestart" (vendors/ento.md §3.6).
		commencement_date: isoDay(kind === 9 ? today + 14 * DAY_MS : Date.UTC(2019 + (n % 6), n % 12, 1 + (n % 28))),
		primary_area_id: `AR${10001 + (n % AREAS.length)}`,
		roles: [`RO${1001 + (n % ROLES.length)}`, `RO${1001 + ((n + 3) % ROLES.length)}`],
		permissions: 'SP1002',
		picture_url: `https://pictures.example.com/${n}.png`,
		// A field that the account has added itself.
		shirt_size: pick(['S', 'M', 'L'], n),
	};
}

function shift(n: number, today: number, workers: readonly Row[]): Row {
	const offset = Math.floor(n / SHIFTS_A_DAY) - DAYS_BACK;
	const slot = n % SHIFTS_A_DAY;
	const date = isoDay(today + offset * DAY_MS);
	const start = 6 + slot * 2;
	const hours = 5 + (n % 3);
	const worked = offset < 0;
	const employeeId = n % 5 === 3 ? null : pick(workers, n).id;
	const time = (hour: number): string => `${date}T${String(hour).padStart(2, '0')}:00:00`;
	return {
		id: String(FIRST_SHIFT + n),
		date,
		type: pick(TYPES, n),
		label: pick(LABELS, slot),
		area_id: `AR${10001 + (n % AREAS.length)}`,
		role_id: `RO${1001 + (n % ROLES.length)}`,
		employee_id: employeeId,
		start: time(start),
		end: time(start + hours),
		actual_start: worked && employeeId ? time(start) : null,
		actual_end: worked && employeeId ? time(start + hours) : null,
		break_length: 30,
		actual_hours: worked && employeeId ? hours - 0.5 : null,
		billable_hours: hours - 0.5,
		cost: Math.round((hours - 0.5) * 3140) / 100,
		state: worked ? (offset < -14 ? 'processed' : 'authorised') : offset < 8 ? 'published' : 'rostered',
		uniform: pick(['black', 'white'], n),
	};
}

/** The cost consequences of a shift, for those who ask for them. */
export function earningRates({ billable_hours: units, cost }: Row): unknown[] {
	return [{ id: 'ER3', name: 'Ordinary weekday', type: 'ordinary', rate: 31.4, units, cost }];
}

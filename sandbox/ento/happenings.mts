import type { Happening } from '../service.mts';
import { known, type Collection, type Row } from './seed.mts';
import type { State } from './state.mts';

/** What happens in a roster; without a wish, to shifts of tomorrow. */
export function happenings(state: State): Record<string, Happening> {
	const one = (collection: Collection, id: string | undefined, isMeant: (row: Row) => boolean): Row => {
		const found = id === undefined ? state.list(collection).find(isMeant) : state.find(collection, id);
		if (!found) throw new Error('There is nothing that this could happen to.');
		return found;
	};
	const shift = (id: string | undefined, isMeant: (row: Row) => boolean = () => true): Row => one('shifts', id, (row) => row.date === tomorrow(state) && isMeant(row));
	const employee = (id: string | undefined): Row => one('staff', id, ({ deleted }) => deleted !== true);
	return {
		addShift: { label: 'New shift tomorrow', run: () => state.add('shifts', newShift(state, known.employee)) },
		addFreeShift: { label: 'New free shift tomorrow', run: () => state.add('shifts', newShift(state, null)) },
		freeShift: { label: 'A shift becomes free', run: ({ id }) => Object.assign(shift(id, isTaken), { employee_id: null }) },
		takeShift: { label: 'A free shift is taken', run: ({ id }) => Object.assign(shift(id, (row) => !isTaken(row)), { employee_id: known.employee }) },
		changeShift: { label: 'A shift begins later', run: ({ id }) => Object.assign(shift(id), { start: `${tomorrow(state)}T${new Date(state.room.clock.now()).toISOString().slice(11, 23)}` }) },
		removeShift: { label: 'A shift is removed', run: ({ id }) => remove(state, 'shifts', shift(id)) },
		addEmployee: { label: 'New employee', run: () => state.add('staff', { ...employee(undefined), id: undefined, first_name: 'Nora', last_name: 'New', full_name: 'Nora New', deleted: false, status: 'active' }) },
		changeEmployee: { label: 'An employee moves', run: ({ id }) => Object.assign(employee(id), { primary_area_id: `AR${20001 + (state.room.clock.now() % 1000)}` }) },
		deleteEmployee: { label: 'An employee is deleted', run: ({ id }) => Object.assign(employee(id), { deleted: true }) },
	};
}

const DAY_MS = 86_400_000;

function tomorrow({ room }: State): string {
	return new Date(room.clock.now() + DAY_MS).toISOString().slice(0, 10);
}

function isTaken({ employee_id: id }: Row): boolean {
	return id !== null;
}

function newShift(state: State, employeeId: string | null): Record<string, unknown> {
	const date = tomorrow(state);
	return { date, type: 'shift', label: 'Extra', area_id: known.area, role_id: known.role, employee_id: employeeId, start: `${date}T08:00:00`, end: `${date}T14:00:00`, state: 'published' };
}

function remove(state: State, collection: Collection, { id }: Row): object {
	state.remove(collection, id);
	return { id };
}

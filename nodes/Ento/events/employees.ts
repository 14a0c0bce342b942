import type { IDataObject } from 'n8n-workflow';

import type { Call } from '../../shared/operation/call';
import type { Kind, PollEvent } from '../../shared/trigger/event';
import { comparable, ignoredFields, ignoredFieldsOption } from '../../shared/trigger/fields';
import { snapshot } from '../../shared/trigger/watch/snapshot';
import type { WholeList } from '../../shared/trigger/watch/whole';
import { additionalQueryOption } from '../editor/fields';
import { employeesPath } from '../resources/employee/path';
import { simplifyEmployee } from '../values/simplify';
import { named, yesOrNo } from '../wire/query';
import { idField, idOf, listIdentity, NO_ID, readAll } from './lists';

/** @param isDeleted whether it is the list of the deleted ones that is watched */
export function employeeEvent(text: Pick<PollEvent, 'name' | 'value' | 'action' | 'description'>, kind: Kind, isDeleted = false): PollEvent {
	const compares = kind === 'changed';
	return {
		...text,
		fields: [],
		options: [additionalQueryOption, ...(compares ? [ignoredFieldsOption] : [])],
		simplify: simplifyEmployee,
		idOf: idField,
		watched: (call) => [...listIdentity(call, { path: employeesPath(call), query: isDeleted ? deletedQuery(call) : {} }), compares ? ignoredFields(call) : []],
		watch: (call) =>
			snapshot({
				read: async () => (isDeleted ? await readDeleted(call) : await readEmployees(call)),
				idOf,
				kinds: [kind],
				content: comparable(call),
				advice: { narrow: "Narrow down the list with the option 'Additional Query Parameters'", id: NO_ID },
			}),
	};
}

async function readEmployees(call: Call, query: IDataObject = {}): Promise<WholeList> {
	// Nothing public says that employees come in pages.
	return await readAll(call, { path: employeesPath(call), query }, 'off');
}

function deletedQuery(call: Call): IDataObject {
	return named(call, { deleted: yesOrNo(call, true) });
}

/** Whether the others are left out where deleted ones are asked for is not public (vendors/ento.md §3): their field or the usual list tells. */
async function readDeleted(call: Call): Promise<WholeList> {
	const { records, isWhole } = await readEmployees(call, deletedQuery(call));
	if (records.every((employee) => typeof employee.deleted === 'boolean')) return { records: records.filter(({ deleted }) => deleted === true), isWhole };
	const usual = await readEmployees(call);
	const present = new Set(usual.records.map(idOf));
	return { records: records.filter((employee) => !present.has(idOf(employee))), isWhole: isWhole && usual.isWhole };
}

import type { Call } from '../../../shared/operation/call';
import { defineOperation } from '../../../shared/operation/operation';
import { records, type Output } from '../../../shared/operation/output';
import { Prober } from '../../../shared/operation/probe';
import type { Found } from '../../check/findings';
import { findFilters } from '../../check/filters';
import { findPaging } from '../../check/paging';
import { findBeside, findEmployees, prefixOf, type Placed } from '../../check/paths';
import { pathOf } from '../../wire/address';
import { isUsualPlace } from '../../wire/answer';

export const check = defineOperation({
	name: 'Check',
	value: 'check',
	action: 'Check Ento account',
	description: 'Find out by at most 25 harmless requests how the API of this account differs from the proposals of the node, with the values to enter in the credential',
	effect: 'read',
	hasFixedOutput: true,
	fields: [],
	run: checkAccount,
});

/** Asks in an order in which each answer narrows down the next question. Nothing of this is Ento's documentation: it is what this account answered. */
async function checkAccount(call: Call): Promise<Output[]> {
	const prober = new Prober(call.client);
	const found: Found = { differences: {}, findings: [] };
	const employees = await findEmployees(prober, found, pathOf(call.client, 'employeesPath'));
	const prefix = prefixOf(employees?.path ?? '');
	const shifts = await findBeside(prober, found, 'shiftsPath', pathOf(call.client, 'shiftsPath'), prefix);
	notePlaces(found, [employees, shifts]);
	if (shifts && shifts.records.length > 0) {
		await findPaging(prober, found, shifts);
		await findFilters(prober, found, shifts);
	}
	await findBeside(prober, found, 'locationsPath', pathOf(call.client, 'locationsPath'), prefix);
	await findBeside(prober, found, 'rolesPath', pathOf(call.client, 'rolesPath'), prefix);
	return records([result(found, prober), ...found.findings.map((finding) => ({ ...finding }))]);
}

/** Where records stand, if not in one of the places that the node looks in by itself. */
function notePlaces({ differences, findings }: Found, lists: ReadonlyArray<Placed | undefined>): void {
	const unusual = [...new Set(lists.flatMap((list) => (list && list.records.length > 0 && !isUsualPlace(list.place) ? [list.place] : [])))];
	if (unusual.length === 0) return;
	differences.itemsProperty = unusual.join(', ');
	findings.push({ setting: 'itemsProperty', value: differences.itemsProperty, evidence: 'The records of the answers above stand there' });
}

function result({ differences }: Found, prober: Prober): { setting: string; value: string; evidence: string } {
	const isSame = Object.keys(differences).length === 0;
	const asked = `${prober.count} requests, all GET. ${prober.over === undefined ? '' : `${prober.over}. `}`;
	const evidence = isSame ? `${asked}Everything that was found is as proposed: leave the field empty` : `${asked}Paste the value into 'API Differences' in the credential. It is what this account answered, not documentation of Ento`;
	return { setting: 'API Differences', value: isSame ? '' : JSON.stringify(differences, null, 2), evidence };
}

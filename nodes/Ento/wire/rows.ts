import { fail } from '../../shared/answer/failure';
import { attemptAsync } from '../../shared/answer/result';
import type { Call } from '../../shared/operation/call';
import { namedEmployee, namedShift, shapeOf, simplifyEmployee, simplifyShift, type Names } from '../values/simplify';
import type { Reading } from './list';
import { namesOf, type PlaceKind } from './places';

/** What becomes of a shift in the output. */
export async function shiftShape(call: Call): Promise<Reading['shape']> {
	return await shapeOf(call, async () => (call.isOfSavedWorkflow ? simplifyShift : namedShift(await knownNames(call))));
}

/** What becomes of an employee in the output. */
export async function employeeShape(call: Call): Promise<Reading['shape']> {
	return await shapeOf(call, async () => (call.isOfSavedWorkflow ? simplifyEmployee : namedEmployee(await knownNames(call))));
}

async function knownNames(call: Call): Promise<Names> {
	const [areas, roles] = await Promise.all([namesIfKnown(call, 'area'), namesIfKnown(call, 'role')]);
	return { areas, roles };
}

/** Names are an addition: a row without them is better than none, but that they are missing is said. */
async function namesIfKnown(call: Call, kind: PlaceKind): Promise<ReadonlyMap<string, string>> {
	const result = await attemptAsync(async () => await namesOf(call, kind), (text) => text);
	if ('value' in result) return result.value;
	if (result.failure.reason === 'stopped') fail(result.failure);
	const [what, field] = kind === 'area' ? ['locations', 'Locations Path'] : ['roles', 'Roles Path'];
	call.note(`The names of ${what} could not be read: ${result.failure.message}. Check '${field}' in the credential, or leave it empty.`);
	return new Map();
}

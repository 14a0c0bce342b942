import { mapAll, refuse } from '../../shared/answer/failure';
import { recordsIn } from '../../shared/guards';
import type { Call } from '../../shared/operation/call';
import { toTextOrJson } from '../../shared/operation/values';
import { unwritableAt } from './xml';

export interface Variable {
	readonly name: string;
	readonly value: string;
}

/**
 * The global variables that the user gave a value.
 * @throws FailureError `invalid input` for one without a name or given twice
 */
export function givenVariables(call: Call): Variable[] {
	const given = recordsIn(call.object('variables').values).flatMap(({ name, value }) => {
		// Without a value, the variable keeps the one that the integration gives it.
		return value === undefined ? [] : [{ name: (toTextOrJson(name) ?? '').trim(), value: toTextOrJson(value) ?? '' }];
	});
	mapAll(given, ({ name, value }, i) => {
		if (name === '') refuse('Variables', `Variable ${i + 1} has no name`, 'Give the name as in SmartConnect, such as GBL_CUSTOMER');
		if (unwritableAt(name + value) >= 0) refuse('Variables', `"${name}" holds a control character that XML has no form for`, 'Remove the character');
		if (given.findIndex((other) => other.name === name) < i) refuse('Variables', `"${name}" is given twice`, 'Leave one of them out');
	});
	return given;
}

/** The body of a call with variables, in either form of the documentation (smartconnect.md §3.4.2). */
export function variablesBody(call: Call, variables: readonly Variable[]): unknown {
	const list = variables.map(({ name, value }) => ({ Key: name, Value: value }));
	return call.optionalChoice('options.variablesFormat', ['requestObject', 'list']) === 'list' ? list : { Variables: JSON.stringify(list), Xml: '' };
}

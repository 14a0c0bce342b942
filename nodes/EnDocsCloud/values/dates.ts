import { refuse } from '../../shared/answer/failure';
import type { Call } from '../../shared/operation/call';

/**
 * A date in the form that EnDocs Cloud's samples show, `dd.MM.yyyy`, made in the time zone of the workflow (vendors/endocs.md A10).
 * Nothing when the parameter is empty.
 * @throws FailureError `invalid input` for what is no date, or one that can be read in two ways
 */
export function dateOf(call: Call, parameter: string): string | undefined {
	// Milliseconds, which is how dates come out of spreadsheets and scripts, were always taken here.
	return call.date(parameter, ['dotted', 'milliseconds'])?.day.replace(/^(\d+)-(\d+)-(\d+)$/, '$3.$2.$1');
}

/** The same where the parameter must not be empty. */
export function requiredDateOf(call: Call, parameter: string): string {
	return dateOf(call, parameter) ?? refuse(call.label(parameter), 'is empty', 'Pick a date');
}

import { refuse } from '../../shared/answer/failure';
import { isRecord } from '../../shared/guards';
import type { Call } from '../../shared/operation/call';

const ID = /^[0-9a-f]{24}$/i;
const LINK = /^https?:\/\/[^/\s]+\/(?:[^/\s]+\/)*([0-9a-f]{24})(?:[/?#].*)?$/i;

/** The id in what a user enters for an entity: the id itself, a link of the web app, or an entity that came out of this node. */
export function toId(value: unknown): string | undefined {
	if (isRecord(value)) return toId(value._id ?? value.reference);
	const text = typeof value === 'string' ? value.trim() : '';
	if (ID.test(text)) return text.toLowerCase();
	return LINK.exec(text)?.[1]?.toLowerCase();
}

/**
 * The id in a parameter. It must be checked here: to a bad one, servers of July 2026 answer 500, and in a list filter they ignore or
 * stumble over it (entu.md §5.2, §5.3).
 * @throws FailureError `invalid input`
 */
export function requiredId(call: Call, parameter: string): string {
	const text = call.requiredText(parameter);
	return toId(text) ?? refuse(call.label(parameter), `"${text}" is not an Entu ID`, HOW);
}

/** The same where the parameter may stay empty. */
export function optionalId(call: Call, parameter: string): string | undefined {
	return call.text(parameter) === '' ? undefined : requiredId(call, parameter);
}

const HOW = 'Pick from the list, or enter the 24 characters (0-9, a-f) at the end of the address of the entity in the web app';

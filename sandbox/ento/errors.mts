import type { Response } from 'express';
import type { EntoSettings } from './state.mts';

/** A refusal with a status of Ento's list (vendors/ento.md §2). assumed: all texts. */
export class EntoError extends Error {
	constructor(
		readonly status: number,
		message: string,
	) {
		super(message);
	}
}

/** assumed: the form of the body, which is why it can be switched. */
export function sendError(res: Response, status: number, message: string, form: EntoSettings['errorBody']): void {
	res.status(status);
	if (form === 'text') res.type('text').send(message);
	else if (form === 'empty') res.end();
	else res.json(bodies[form](message));
}

const bodies: Record<Exclude<EntoSettings['errorBody'], 'text' | 'empty'>, (message: string) => unknown> = {
	message: (message) => ({ message }),
	error: (error) => ({ error }),
	nested: (message) => ({ error: { code: 'refused', message } }),
	errors: (message) => ({ errors: [message, 'See the documentation'] }),
	fields: (message) => ({ errors: { request: [message] } }),
	detail: (detail) => ({ detail }),
};

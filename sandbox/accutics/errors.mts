import { randomBytes } from 'node:crypto';
import type { Response } from 'express';

/** An answer of the service that is no success (vendors/accutics.md §2.6). */
export class AccuticsError extends Error {
	constructor(
		readonly status: number,
		readonly code: string,
		message: string,
		readonly data: object = {},
	) {
		super(message);
	}
}

/** Documented: an unknown path and a wrong method are both a 400. */
export const invalidRoute = () => new AccuticsError(400, 'invalid_route', 'There is no such route');
/** Documented. */
export const headerMissing = () => new AccuticsError(401, 'authorization_header_missing', 'The authorization header is missing');
/** Documented. */
export const notPermitted = () => new AccuticsError(403, 'authorization', 'This is not permitted');
/** assumed: the service's own code is unknown. */
export const tokenRejected = () => new AccuticsError(401, 'sandbox_token_rejected', 'The token is not accepted');
/** assumed */
export const notFound = (id: string) => new AccuticsError(404, 'sandbox_not_found', 'There is no such entity', { id });
/** assumed */
export const invalid = (fields: Record<string, string>) => new AccuticsError(422, 'sandbox_invalid', 'Some fields are not valid', { fields });

/** Messages are for people and never twice the same, so that a client that goes by them fails. */
export function sendError(res: Response, endpoint: string, { status, code, message, data }: AccuticsError): void {
	const error = { code, message: `${message} (${randomBytes(3).toString('hex')})`, data };
	res.status(status).json({ error, meta: { endpoint } });
}

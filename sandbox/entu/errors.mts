import type { Request, Response } from 'express';

/** An error with the service's own text (vendors/entu.md §6). */
export class EntuError extends Error {
	constructor(
		readonly status: number,
		message: string,
		/** The HTTP status, where it is another one than the body says. */
		readonly sentAs = status,
		/** Errors that do not come from the service's own code have no `statusText`. */
		readonly foreign = false,
	) {
		super(message);
	}
}

export function refuse(req: Request, res: Response, status: number, message: string, sentAs = status, foreign = false): void {
	const url = `${req.protocol}://${req.get('host') ?? ''}${req.originalUrl}`;
	res.status(sentAs).json({ error: true, url, status, ...(foreign ? {} : { statusText: message }), message });
}

/** Answers whatever a handler threw: known errors in their own words, all else as "Server Error". */
export function sendThrown(error: unknown, req: Request, res: Response): void {
	if (error instanceof EntuError) refuse(req, res, error.status, error.message, error.sentAs, error.foreign);
	else refuse(req, res, 500, 'Server Error', 500, true);
}

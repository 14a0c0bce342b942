import type { Request, Response } from 'express';

/** An error with the service's own text (vendors/entu.md §6). */
export class EntuError extends Error {
	constructor(
		readonly status: number,
		message: string,
		/** The HTTP status, where it is another one than the body says. */
		readonly sentAs = status,
	) {
		super(message);
	}
}

function sendError(req: Request, res: Response, status: number, message: string, { unexpected = false, sentAs = status } = {}): void {
	const url = `${req.protocol}://${req.get('host') ?? ''}${req.originalUrl}`;
	res.status(sentAs).json({
		error: true,
		url,
		status,
		...(unexpected ? {} : { statusText: message }),
		message,
	});
}

export function refuse(req: Request, res: Response, status: number, message: string, sentAs = status): void {
	sendError(req, res, status, message, { sentAs });
}

/** Answers whatever a handler threw: known errors in their own words, all else as "Server Error". */
export function sendThrown(error: unknown, req: Request, res: Response): void {
	if (error instanceof EntuError) refuse(req, res, error.status, error.message, error.sentAs);
	else sendError(req, res, 500, 'Server Error', { unexpected: true });
}

/** A bad id: an unexpected error in July, a clear one later. */
export function badId(generation: 'july' | 'later', id: unknown): Error {
	return generation === 'later' ? new EntuError(400, 'Invalid ID') : new Error(`Not an object id: ${String(id)}`);
}

import type { Request, Response } from 'express';
import type { EndocsSettings } from './settings.mts';

/** A refusal with the service's own text (vendors/endocs.md §2.3). */
export class EndocsError extends Error {
	constructor(
		readonly status: number,
		message: string,
	) {
		super(message);
	}
}

/** Says no in the form that the settings want (A5, A6). */
export function refuseAs(form: EndocsSettings['errorForm'], res: Response, status: number, message: string): void {
	switch (form) {
		case 'object':
			return void res.status(status).json({ error: message });
		case 'text':
			return void res.status(status).type('text/plain').send(message);
		case 'jsonString':
			return void res.status(status).json(message);
		case 'nested':
			return void res.status(status).json({ error: { message } });
		case 'problem':
			return void res.status(status).json({ title: 'Bad Request', errors: { field: [message] } });
		case 'other':
			return void res.status(status).json({ Result: 'refused', Reason: message });
		case 'empty':
			return void res.status(status).end();
		case 'status200':
			return void res.status(status === 429 ? 429 : 200).json({ error: message });
	}
}

/** The token of a request, sent as the settings want it; `undefined` when it isn't there (A1). */
export function tokenIn(req: Request, { tokenIn: where, headerName }: EndocsSettings): string | undefined {
	if (where === 'header') return req.get(headerName) || undefined;
	const sent = req.get('authorization') ?? '';
	if (where === 'plain') return /^\S+$/.test(sent) ? sent : undefined;
	return /^Bearer (\S+)$/.exec(sent)?.[1];
}

/** The success of a write (A4). */
export function sendWritten(form: EndocsSettings['success'], res: Response, answer: Record<string, unknown>): void {
	switch (form) {
		case 'object':
			return void res.json(answer);
		case 'created':
			return void res.status(201).json(answer);
		case 'empty':
			return void res.status(200).set('Content-Length', '0').end();
		case 'text':
			return void res.type('text/plain').send('Success');
		case 'noContent':
			return void res.status(204).end();
	}
}

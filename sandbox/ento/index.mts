import { Router, type ErrorRequestHandler, type Request, type RequestHandler, type Response } from 'express';
import { effect, formFields } from '../journal.mts';
import { defineService } from '../service.mts';
import { EntoError, sendError } from './errors.mts';
import { shiftFor, shiftsFor, staffFor } from './filters.mts';
import { happenings } from './happenings.mts';
import { listAnswer } from './paging.mts';
import { apiKey, counts, known, type Collection, type Row } from './seed.mts';
import { entoDefaults, State, type EntoSettings } from './state.mts';

/** Ento, workforce rostering (vendors/ento.md §6). Paths and names are assumed throughout: nothing public spells them. */
export const ento = defineService<EntoSettings>({
	name: 'ento',
	prefixes: ['ento'],
	defaults: entoDefaults,
	open(room) {
		const state = new State(room);
		const refuse = (_req: Request, res: Response, status: number, message: string): void => sendError(res, status, message, room.settings.errorBody);
		return {
			router: routes(state),
			refuse,
			sessionOver: (req, res) => refuse(req, res, 401, 'Invalid API key'),
			credentialOf: (req) => String(req.headers['x-api-key'] ?? ''),
			happenings: happenings(state),
			reset: () => state.reset(),
			about: () => [
				`API key: ${apiKey}`,
				`${counts.staff} employees under /staff, such as ${known.employee}; ${counts.shifts} shifts under /shifts, such as ${known.shift} of today`,
			],
		};
	},
});

interface Shelf {
	collection: Collection;
	paths: string[];
	rows: (req: Request) => Row[];
	row: (req: Request, row: Row) => Row;
}

function routes(state: State): Router {
	const router = Router({ caseSensitive: true });
	router.use(entrance(state));
	const asIs = (_req: Request, row: Row): Row => row;
	const shelves: Shelf[] = [
		{ collection: 'staff', paths: ['/staff', '/employees'], rows: (req) => staffFor(state, req), row: asIs },
		{ collection: 'shifts', paths: ['/shifts'], rows: (req) => shiftsFor(state, req), row: (req, row) => shiftFor(state, req, row) },
		{ collection: 'areas', paths: ['/areas'], rows: () => state.list('areas'), row: asIs },
		{ collection: 'roles', paths: ['/roles'], rows: () => state.list('roles'), row: asIs },
	];
	for (const shelf of shelves) for (const path of shelf.paths) serve(router, state, shelf, path);
	router.use(() => {
		throw new EntoError(404, 'Resource not found');
	});
	const failed: ErrorRequestHandler = (error, _req, res, next) => {
		if (res.headersSent) return next(error);
		const { status, message } = error instanceof EntoError ? error : new EntoError(500, 'Something went wrong');
		sendError(res, status, message, state.settings.errorBody);
	};
	router.use(failed);
	return router;
}

/** What every request has to pass: scheme, key, format, and the prefix of the paths. */
function entrance({ settings }: State): RequestHandler {
	return (req, _res, next) => {
		if (settings.refusePlain && req.headers['x-forwarded-proto'] === 'http') throw new EntoError(400, 'HTTPS is required');
		if (req.headers['x-api-key'] !== apiKey) throw settings.gateway ? new EntoError(403, 'Forbidden') : new EntoError(401, 'Invalid API key');
		if (!req.accepts('json')) throw new EntoError(406, 'Only JSON is available');
		if (settings.prefix !== '') {
			if (!req.url.startsWith(`${settings.prefix}/`)) throw new EntoError(404, 'Resource not found');
			req.url = req.url.slice(settings.prefix.length);
		}
		req.url = inUsualWords(settings, req.url);
		next();
	};
}

/** An address as this account spells it, in the words of the proposal; what the proposal says in place of them leads nowhere. */
function inUsualWords({ paths, names }: EntoSettings, url: string): string {
	const { pathname, searchParams } = new URL(url, 'http://sandbox');
	const [, shelf = '', ...rest] = pathname.split('/');
	const usual = Object.keys(paths).find((path) => paths[path] === `/${shelf}`);
	const replaced = `/${shelf}` in paths || (shelf === 'employees' && '/staff' in paths);
	const path = usual ?? (replaced ? '/not-here' : `/${shelf}`);
	const query = new URLSearchParams();
	for (const [name, value] of searchParams) {
		const own = Object.keys(names).find((word) => names[word] === name);
		if (own !== undefined || !(name in names)) query.append(own ?? name, value);
	}
	return [path, ...rest].join('/') + (query.size > 0 ? `?${query}` : '');
}

function serve(router: Router, state: State, { collection, rows, row }: Shelf, path: string): void {
	const find = (req: Request): Row => {
		const found = state.find(collection, String(req.params.id));
		if (!found) throw new EntoError(404, 'Resource not found');
		return found;
	};
	const mayWrite: RequestHandler = (_req, _res, next) => {
		// At the time of the help article the API could only be read (vendors/ento.md §2).
		if (['staff', 'shifts'].includes(collection) && !state.settings.writable) throw notAllowed();
		next();
	};
	const change: RequestHandler = (req, res) => {
		const changed = Object.assign(find(req), fieldsOf(req));
		effect(req, `${collection}.update`, changed.id);
		sendRow(state, res, changed);
	};

	router.get(path, (req, res) => void res.json(listAnswer(state, collection, req, rows(req))));
	router.post(path, mayWrite, (req, res) => {
		const added = state.add(collection, fieldsOf(req));
		effect(req, `${collection}.create`, added.id);
		sendRow(state, res, added);
	});
	router.get(`${path}/:id`, (req, res) => sendRow(state, res, row(req, find(req)), false));
	for (const method of ['put', 'patch', 'post'] as const) router[method](`${path}/:id`, mayWrite, change);
	router.delete(`${path}/:id`, mayWrite, (req, res) => {
		const { id } = find(req);
		state.remove(collection, id);
		effect(req, `${collection}.delete`, id);
		sendRow(state, res, { id, deleted: true });
	});
	for (const known of [path, `${path}/:id`]) {
		router.all(known, () => {
			throw notAllowed();
		});
	}
}

const notAllowed = (): EntoError => new EntoError(405, 'Method not allowed for this resource');

function sendRow({ settings }: State, res: Response, row: Row, written = true): void {
	if (written && settings.noContent) res.status(204).end();
	else res.json(settings.recordShape === 'data' ? { data: row } : row);
}

/** The fields of a form-encoded body; anything else is refused (vendors/ento.md §2). */
function fieldsOf(req: Request): Record<string, unknown> {
	if (!(req.headers['content-type'] ?? '').includes('application/x-www-form-urlencoded')) throw new EntoError(400, 'The body must be form-encoded');
	return formFields(Buffer.isBuffer(req.body) ? req.body.toString('utf8') : '');
}

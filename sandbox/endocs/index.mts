import { Router, type ErrorRequestHandler, type Request, type RequestHandler, type Response } from 'express';
import { defineService } from '../service.mts';
import { EndocsError, refuseAs, tokenIn } from './answers.mts';
import { happenings } from './happenings.mts';
import { byTypeAndState, newContracts, newInvoices } from './lists.mts';
import { known, users } from './seed.mts';
import { endocsDefaults, type EndocsSettings } from './settings.mts';
import { State } from './state.mts';
import { decide, writeContract, writeEntry, writeExternalDocument } from './writes.mts';

type Action = (state: State, req: Request, res: Response) => void;

const TOKENS: readonly string[] = [known.token, known.otherToken];

/** EnDocs Cloud, electronic documents (vendors/endocs.md). What is assumed about it stands in `settings.mts`. */
export const endocs = defineService<EndocsSettings>({
	name: 'endocs',
	prefixes: ['endocs'],
	// 300 requests a minute for each token are documented (§2.1).
	defaults: { ...endocsDefaults, rateLimit: { requests: 300, perMs: 60_000 } } as EndocsSettings,
	open(room) {
		const state = new State(room);
		const refuse = (_req: Request, res: Response, status: number, message: string) =>
			refuseAs(room.settings.errorForm, res, status, message);
		return {
			router: routes(state),
			control: controls(state),
			happenings: happenings(state),
			refuse,
			sessionOver: (req, res) => refuse(req, res, 401, 'Could not find any client for this token ( #err-40)'),
			credentialOf: (req) => tokenIn(req, room.settings) ?? '',
			reset: () => state.reset(),
			seed: (type, count) => state.addMany(type, count),
			about: () => [`token: ${known.token}`, `a second token with a rate limit of its own: ${known.otherToken}`],
		};
	},
});

function routes(state: State): Router {
	const router = Router({ caseSensitive: true });
	const run = (action: Action): RequestHandler => (req, res) => action(state, req, res);
	router.use(gate(state));
	router.get('/Output/GetClientUsers', (_req, res) => void res.json(users));
	router.get('/Output/GetNewContracts/:docId/:requestId', run(newContracts));
	router.get('/Output/GetNewInvoices/:docId/:requestId', run(newInvoices));
	router.get('/Output/GetMetaByTypeAndState/:docId/:typeId/:kindId/:state/:requestId', run(byTypeAndState));
	router.post('/Contract/AddOrUpdateContract', run(writeContract));
	router.post('/Metadata/AddOrUpdateExtDoc', run(writeExternalDocument));
	router.post('/Metadata/DocApproval', run(decide));
	router.post('/Dictionaries/AddOrUpdateContractor', run(writeEntry('contractor')));
	router.post('/Dictionaries/AddOrUpdateDepartment', run(writeEntry('department')));
	router.post('/Dictionaries/AddOrUpdateEmployee', run(writeEntry('employee')));
	router.use(() => {
		throw new EndocsError(404, 'Not Found');
	});
	const failed: ErrorRequestHandler = (error, _req, res, next) => {
		if (res.headersSent) return next(error);
		const { status, message } = error instanceof EndocsError ? error : new EndocsError(500, 'Database Failure');
		refuseAs(state.settings.errorForm, res, status, message);
	};
	router.use(failed);
	return router;
}

/** What comes before every route: where the API lies, its methods, the token, and failures of the database. */
function gate(state: State): RequestHandler {
	return (req, _res, next) => {
		const { settings } = state;
		req.url = belowPrefix(req.url, settings.pathPrefix);
		if (settings.brackets) req.url = req.url.replace(/\(\d\)(?=$|\?)/, '');
		if (!['GET', 'POST'].includes(req.method)) throw new EndocsError(405, 'Method Not Allowed'); // assumed: HTTP practice
		checkToken(tokenIn(req, settings), settings);
		if (settings.databaseFailures !== 0) {
			settings.databaseFailures -= Math.sign(Math.max(0, settings.databaseFailures));
			throw new EndocsError(500, 'Database Failure');
		}
		next();
	};
}

function belowPrefix(url: string, prefix: string): string {
	if (prefix === '') return url;
	if (!url.startsWith(`/${prefix}/`)) throw new EndocsError(404, 'Not Found');
	return url.slice(prefix.length + 1);
}

/** The documentation contradicts itself about the answers (§2.3). */
function checkToken(token: string | undefined, { tokenErrors }: EndocsSettings): void {
	if (token !== undefined && TOKENS.includes(token)) return;
	if (tokenErrors === 'introduction') throw new EndocsError(401, 'Unauthorized'); // assumed: the text
	if (token === undefined) throw new EndocsError(400, 'No token received ( #err-30)');
	throw new EndocsError(401, 'Could not find any client for this token ( #err-40)');
}

/** What the service holds, for tests and examples: it has no calls that would show it. */
function controls(state: State): Router {
	const router = Router();
	router.get('/documents/:id', (req, res) => {
		const found = state.documents.find(({ id }) => String(id) === req.params.id);
		if (!found) throw new Error(`No document ${req.params.id}.`);
		res.json(found);
	});
	router.get('/entries/:kind', (req, res) => void res.json(state.entries.filter(({ kind }) => kind === req.params.kind)));
	return router;
}

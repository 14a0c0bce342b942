import { Router, type ErrorRequestHandler, type Request, type RequestHandler, type Response } from 'express';
import { defineService, jsonBody } from '../service.mts';
import { accountsOf, callerIn, login, refresh, signInAddress } from './auth.mts';
import { userOf, type Context } from './context.mts';
import { EntuError, refuse, sendThrown } from './errors.mts';
import { happenings } from './happenings.mts';
import { activity, history } from './history.mts';
import { accountInfo } from './info.mts';
import { get, getValue, list, recalculate, thumbnailOfEntity, thumbnailOfValue } from './reads.mts';
import { ownerKey, userKey } from './seed-known.mts';
import { mixedOwnerKey, mixedUserKey } from './seed-mixed-known.mts';
import { seedMore } from './seed.mts';
import { entuDefaults, type EntuSettings } from './settings.mts';
import { State } from './state.mts';
import { storageDoor } from './storage.mts';
import { fireWebhooks } from './webhooks.mts';
import { addValues, createEntity, deleteEntity, deleteValue, duplicateEntity } from './write.mts';

type Action = (context: Context, id: string, req: Request, res: Response) => unknown;

/** Entu, an object database (vendors/entu.md). */
export const entu = defineService<EntuSettings>({
	name: 'entu',
	prefixes: ['entu', 'entu-b/api'],
	defaults: entuDefaults,
	open(room) {
		const state = new State(room);
		return {
			router: routes(state),
			storage: storageDoor(state),
			happenings: happenings(state),
			refuse,
			sessionOver: (req, res) => refuse(req, res, 401, state.settings.generation === 'later' ? 'Invalid token' : 'jwt expired', state.settings.badTokenStatus),
			credentialOf: (req) => req.headers.authorization ?? '',
			reset: () => state.reset(),
			expireSessions: () => state.tokens.retire(),
			seed: (type, count) => seedMore(state.databases, type, count),
			close: () => state.files.reset(),
			about: () => [
				'database labdb (emptydb is empty)',
				`API key of the owner:      ${ownerKey}`,
				`API key of a plain user:   ${userKey}`,
				'database mixdb (what real databases have and labdb lacks)',
				`API key of the owner:      ${mixedOwnerKey}`,
				`API key of a plain user:   ${mixedUserKey}`,
			],
		};
	},
});

function routes(state: State): Router {
	const router = Router({ caseSensitive: true });
	router.use(methods);
	router.get('/', (_req, res) => void res.json({ version: 'sandbox' }));
	router.get('/auth', (req, res) => {
		const elsewhere = signInAddress(req, state);
		if (elsewhere !== undefined) res.redirect(302, elsewhere);
		else res.json(login(req, state));
	});
	router.get('/auth/refresh', (req, res) => void res.json(refresh(req, state)));
	const run = (action: Action): RequestHandler => async (req, res) => {
		const answer = await action(contextOf(state, req), String(req.params.id), req, res);
		if (!res.headersSent) res.json(answer);
	};

	router.get('/:db', run((context) => {
		userOf(context);
		return accountInfo(context.database);
	}));
	router.get('/:db/entity', run((context) => list(context)));
	router.post('/:db/entity', run((context, _id, req) => {
		const answer = createEntity(context, bodyOf(req));
		fireWebhooks(context, answer._id, 'entity-add-webhook');
		return answer;
	}));
	router.get('/:db/entity/:id', run((context, id) => get(context, id)));
	router.post('/:db/entity/:id', run((context, id, req) => {
		const answer = addValues(context, id, bodyOf(req));
		fireWebhooks(context, answer._id, 'entity-edit-webhook');
		return answer;
	}));
	router.delete('/:db/entity/:id', run((context, id) => deleteEntity(context, id)));
	router.get('/:db/entity/:id/history', run((context, id) => history(context, id)));
	router.get('/:db/entity/:id/activity', run((context, id, req) => {
		if (state.settings.generation === 'july') throw noRoute(req);
		return activity(context, id);
	}));
	router.post('/:db/entity/:id/duplicate', run((context, id, req) => duplicateEntity(context, id, bodyOf(req))));
	router.get('/:db/entity/:id/aggregate', run((context, id) => recalculate(context, id)));
	router.get('/:db/entity/:id/thumbnail/:size', run(async (context, id, req) => await thumbnailOfEntity(context, id, String(req.params.size))));

	router.get('/:db/property/:id', run((context, id, req, res) => {
		const { answer, url } = getValue(context, id);
		// Later servers redirect for "true" alone.
		const download = state.settings.generation === 'later' ? req.query.download === 'true' : Boolean(req.query.download);
		if (url !== undefined && download) res.redirect(302, url);
		return answer;
	}));
	router.delete('/:db/property/:id', run((context, id) => {
		const entityId = deleteValue(context, id);
		fireWebhooks(context, entityId, 'entity-edit-webhook');
		return { deleted: true };
	}));
	router.get('/:db/property/:id/thumbnail/:size', run(async (context, id, req) => await thumbnailOfValue(context, id, String(req.params.size))));

	router.use((req) => {
		contextOf(state, req);
		throw noRoute(req);
	});
	const failed: ErrorRequestHandler = (error, req, res, next) => (res.headersSent ? next(error) : sendThrown(error, req, res));
	router.use(failed);
	return router;
}

/** Every origin may call; other methods than those documented are unknown routes (§2). */
const methods: RequestHandler = (req, res, next) => {
	res.set({ 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Headers': '*', 'Access-Control-Allow-Methods': '*' });
	if (req.method === 'OPTIONS') res.status(204).end();
	else if (['GET', 'POST', 'DELETE'].includes(req.method)) next();
	else throw noRoute(req);
};

/** An unknown route is no error of the service itself: there is no `statusText`. */
const noRoute = (req: Request) =>
	new EntuError(404, `Cannot find any route matching [${req.method}] ${req.protocol}://${req.get('host') ?? ''}${req.originalUrl}`, 404, true);

/** The JSON of a request. A body that is none, or none at all, is an unexpected error (§5.5). */
function bodyOf(req: Request): unknown {
	const body = jsonBody(req);
	if (body === undefined) throw new Error('No body');
	return body;
}

const SYSTEM_DATABASES: ReadonlySet<string> = new Set(['admin', 'config', 'local']);
/** First parts of paths that are no databases (§2). */
const RESERVED = ['auth', 'docs', 'graphql', 'mcp', 'new', 'openapi', 'stripe'];
/** July looks at how a path begins, and then fails for want of a database. */
const RESERVED_BEGINNINGS = ['auth', 'graphql', 'new', 'openapi', 'stripe'];

/** The database and the caller of a request: the name, the token and the database are checked in this order, before the route. */
function contextOf(state: State, req: Request): Context {
	const name = String(req.path.split('/')[1]);
	if (RESERVED.includes(name)) throw noRoute(req);
	if (state.settings.generation === 'july' && RESERVED_BEGINNINGS.some((reserved) => name.startsWith(reserved))) throw new Error('No database');
	if (!/^[a-z][a-z0-9_]*$/.test(name) || SYSTEM_DATABASES.has(name)) throw new EntuError(400, `Invalid database name: ${name}`);
	const accounts = accountsOf(req, state);
	const database = state.databases.get(name);
	if (!database) throw new EntuError(404, `Account ${name} not found`);
	database.settle();
	return { req, state, database, caller: callerIn(accounts, name) };
}

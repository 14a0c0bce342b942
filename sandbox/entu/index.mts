import { Router, type ErrorRequestHandler, type Request, type RequestHandler, type Response } from 'express';
import { defineService, jsonBody } from '../service.mts';
import { callerOf, login, refresh } from './auth.mts';
import { EntuError, refuse, sendThrown } from './errors.mts';
import { accountInfo } from './info.mts';
import { isLive } from './model.mts';
import { get, getValue, history, list, readableValue } from './reads.mts';
import { ownerKey, userKey } from './seed-known.mts';
import { seedFiles, seedMore } from './seed.mts';
import { entuDefaults, State, type EntuSettings } from './state.mts';
import { storageDoor } from './storage.mts';
import { thumbnail } from './thumbnails.mts';
import { fireWebhooks } from './webhooks.mts';
import { addValues, createEntity, deleteEntity, deleteValue, duplicateEntity, entityOf, type Write } from './write.mts';

type Action = (write: Write, id: string, req: Request, res: Response) => unknown;

/** Entu, an object database (vendors/entu.md). */
export const entu = defineService<EntuSettings>({
	name: 'entu',
	prefixes: ['entu', 'entu-b/api'],
	defaults: entuDefaults,
	open(room) {
		const state = new State(room);
		seedFiles(state.files);
		return {
			router: routes(state),
			storage: storageDoor(state),
			refuse,
			sessionOver: (req, res) => refuse(req, res, 401, state.settings.generation === 'later' ? 'Invalid token' : 'jwt expired', state.settings.badTokenStatus),
			credentialOf: (req) => req.headers.authorization ?? '',
			reset: () => state.reset(),
			expireSessions: () => state.tokens.retire(),
			seed: (type, count) => seedMore(state, type, count),
			close: () => state.files.reset(),
			about: () => [
				'database labdb (emptydb is empty)',
				`API key of the owner:      ${ownerKey}`,
				`API key of a plain user:   ${userKey}`,
			],
		};
	},
});

function routes(state: State): Router {
	const router = Router({ caseSensitive: true });
	router.use(methods);
	router.get('/', (_req, res) => void res.json({ version: 'sandbox' }));
	router.get('/auth', (req, res) => void res.json(login(req, state)));
	router.get('/auth/refresh', (req, res) => void res.json(refresh(req, state)));
	const run = (action: Action): RequestHandler => (req, res) => {
		const answer = action(writeOf(state, req), String(req.params.id), req, res);
		if (!res.headersSent) res.json(answer);
	};

	router.get('/:db', run(({ caller, database }) => {
		if (caller.user === undefined) throw new EntuError(403, 'No user');
		return accountInfo(database);
	}));
	router.get('/:db/entity', run((read) => list(read)));
	router.post('/:db/entity', run((write, _id, req) => {
		const answer = createEntity(write, jsonBody(req));
		fire(write, answer._id, 'entity-add-webhook');
		return answer;
	}));
	router.get('/:db/entity/:id', run((read, id) => get(read, id)));
	router.post('/:db/entity/:id', run((write, id, req) => {
		const answer = addValues(write, id, jsonBody(req));
		fire(write, answer._id, 'entity-edit-webhook');
		return answer;
	}));
	router.delete('/:db/entity/:id', run((write, id) => deleteEntity(write, id)));
	router.get('/:db/entity/:id/history', run((read, id) => history(read, id)));
	router.post('/:db/entity/:id/duplicate', run((write, id, req) => duplicateEntity(write, id, jsonBody(req))));
	router.get('/:db/entity/:id/aggregate', run((write, id) => recalculate(write, id)));
	router.get('/:db/entity/:id/thumbnail/:size', run((read, id, req) => {
		get(read, id);
		const entity = entityOf(read, id);
		const photo = entity.values.find((value) => isLive(value) && value.type === 'photo');
		return thumbnail(state, read.database.name, entity, photo, String(req.params.size));
	}));

	router.get('/:db/property/:id', run((read, id, req, res) => {
		const { answer, url } = getValue(read, id);
		if (url !== undefined && req.query.download === 'true') res.redirect(302, url);
		return answer;
	}));
	router.delete('/:db/property/:id', run((write, id) => {
		const entity = deleteValue(write, id);
		fire(write, entity.id, 'entity-edit-webhook');
		return { deleted: true };
	}));
	router.get('/:db/property/:id/thumbnail/:size', run((read, id, req) => {
		const { entity, value } = readableValue(read, id);
		return thumbnail(state, read.database.name, entity, value, String(req.params.size));
	}));

	router.use((req) => {
		writeOf(state, req);
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

const noRoute = (req: Request) => new EntuError(404, `Cannot find any route matching [${req.method}] ${req.url}`);

/** The database and the caller of a request, checked before its route as the service does. */
function writeOf(state: State, req: Request): Write {
	const name = String(req.path.split('/')[1]);
	if (!/^[a-z][a-z0-9_]*$/.test(name)) throw new EntuError(400, `Invalid database name: ${name}`);
	const database = state.databases.get(name);
	if (!database) throw new EntuError(404, `Account ${name} not found`);
	database.settle();
	return { req, state, database, caller: callerOf(req, state, name) };
}

function fire({ state, database, req, caller }: Write, id: string, event: 'entity-add-webhook' | 'entity-edit-webhook'): void {
	const entity = database.get(id);
	if (entity && caller.user !== undefined) fireWebhooks(state, database, req, event, entity, caller.user);
}

/** `GET /{db}/entity/{_id}/aggregate` (§5.8). */
function recalculate(write: Write, id: string): unknown {
	const { database, caller } = write;
	if (caller.user === undefined) throw new EntuError(403, 'No user');
	const entity = entityOf(write, id);
	database.put(entity.id, entity.values);
	// assumed: the text of `message` and that nothing is queued here.
	return { account: database.name, entity: entity.id, queued: 0, message: 'Entity is aggregated' };
}


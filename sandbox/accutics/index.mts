import { Router, type ErrorRequestHandler, type Request, type RequestHandler, type Response } from 'express';
import { effect } from '../journal.mts';
import { defineService, jsonBody, type Room } from '../service.mts';
import { AccuticsError, headerMissing, invalid, invalidRoute, notFound, notPermitted, sendError, tokenRejected } from './errors.mts';
import { happenings } from './happenings.mts';
import { pageDefaults, paginate, type PageSettings } from './pagination.mts';
import { editorToken, endpoints, makeItem, readerToken, type Endpoint, type Entity } from './seed.mts';
import { verify, type Claims } from './tokens.mts';

export interface AccuticsSettings extends PageSettings {
	/** assumed: the documentation does not say whether token or route is looked at first. */
	checkFirst: 'token' | 'route';
	/** assumed: how a delete is answered, 204 without a body or the entity in its envelope. */
	deleteAnswer: 'empty' | 'entity';
	/** Before so many further pages are sent, the first item goes and another comes: the list is as long as before, but its pages have moved. */
	drift: number;
	/** What the paths begin with, in place of `sandbox`. */
	root: string;
	/** Other names of collections, by the usual ones. */
	names: Readonly<Record<string, string>>;
	/** The field that holds the ID. */
	idField: string;
	/** Lists come whole, without `meta.pagination`. */
	wholeLists: boolean;
	/** Query parameters count for nothing, but for those of paging. */
	ignoreFilters: boolean;
}

interface Collection {
	name: string;
	endpoint: Endpoint;
	entities: Map<string, Entity>;
}

interface Visit {
	req: Request;
	res: Response;
	caller: Claims;
	collection: Collection;
}

/** The Accutics Open API as far as it is documented, over made-up endpoints (vendors/accutics.md §6). */
export const accutics = defineService<AccuticsSettings>({
	name: 'accutics',
	prefixes: ['accutics', 'accutics-b/v0'],
	defaults: { ...pageDefaults, checkFirst: 'token', deleteAnswer: 'empty', drift: 0, root: 'sandbox', names: {}, idField: 'id', wholeLists: false, ignoreFilters: false },
	open(room) {
		const collections = new Map<string, Collection>();
		const reset = () => {
			for (const [name, endpoint] of Object.entries(endpoints)) {
				collections.set(name, { name, endpoint, entities: new Map(endpoint.entities().map((entity) => [String(entity.id), entity])) });
			}
		};
		reset();
		return {
			router: routes(room, collections),
			refuse: (req, res, status, message) => sendError(res, endpointOf(req), new AccuticsError(status, `sandbox_${status}`, message)),
			sessionOver: (req, res) => sendError(res, endpointOf(req), tokenRejected()),
			credentialOf: (req) => req.headers.authorization ?? '',
			happenings: happenings(() => collections.get('items')?.entities ?? new Map()),
			reset,
			seed: (type, count) => seedMore(collections, type, count),
			about: () => [
				`paths: ${Object.keys(endpoints).map((name) => `/sandbox/${name}`).join(', ')}`,
				`token of an editor: ${editorToken}`,
				`token of a reader:  ${readerToken}`,
			],
		};
	},
});

function routes(room: Room<AccuticsSettings>, collections: Map<string, Collection>): Router {
	const router = Router({ caseSensitive: true });
	const callerOf = (req: Request): Claims => {
		const header = req.headers.authorization ?? '';
		if (header.trim() === '') throw headerMissing();
		const caller = verify(header.replace(/^Bearer /, ''), room.clock.now());
		if (!caller) throw tokenRejected();
		return caller;
	};
	const run = (action: (visit: Visit) => unknown): RequestHandler => (req, res) => {
		const collection = collections.get(String(req.params.collection));
		if (!collection) throw invalidRoute();
		if (collection.endpoint.fixed && req.method !== 'GET') throw invalidRoute();
		const caller = callerOf(req);
		if (collection.endpoint.closed) throw notPermitted();
		if (caller.role === 'reader' && req.method !== 'GET') throw notPermitted();
		const answer = action({ req, res, caller, collection });
		// Nothing to tell: a 204 is on its way.
		if (answer === undefined) return void res.status(204).end();
		res.json({ data: spelled(answer, room.settings.idField), meta: { endpoint: endpointOf(req), ...(res.locals.meta as object | undefined) } });
	};

	router.use((req, _res, next) => {
		if (room.settings.checkFirst === 'token') callerOf(req);
		next();
	});
	router.use((req, _res, next) => {
		req.url = inUsualWords(room.settings, req.url);
		next();
	});
	router.get('/sandbox/:collection', run((visit) => index(visit, room.settings)));
	router.post('/sandbox/:collection', run(create));
	router.get('/sandbox/:collection/:id', run(find));
	router.patch('/sandbox/:collection/:id', run((visit) => update(visit, find(visit))));
	router.put('/sandbox/:collection/:id', run((visit) => update(visit, { id: find(visit).id })));
	router.delete('/sandbox/:collection/:id', run((visit) => remove(visit, room.settings)));
	router.use(() => {
		throw invalidRoute();
	});
	const failed: ErrorRequestHandler = (error, req, res, next) => {
		if (res.headersSent) return next(error);
		const known = error instanceof AccuticsError ? error : new AccuticsError(500, 'sandbox_fault', 'Something went wrong');
		sendError(res, endpointOf(req), known);
	};
	router.use(failed);
	return router;
}

/** An address as this account spells it, in the words of the sandbox. */
function inUsualWords({ root, names }: AccuticsSettings, url: string): string {
	const [path = '', query] = url.split('?');
	const start = `/${root}/`;
	if (!path.startsWith(start)) return '/nothing-here';
	const [collection = '', ...rest] = path.slice(start.length).split('/');
	const usual = Object.keys(names).find((name) => names[name] === collection) ?? (collection in names ? 'nothing-here' : collection);
	return ['/sandbox', usual, ...rest].join('/') + (query === undefined ? '' : `?${query}`);
}

/** What is answered, with the ID under the name that this account has for it. */
function spelled(answer: unknown, idField: string): unknown {
	if (idField === 'id') return answer;
	return Array.isArray(answer) ? answer.map((one) => spelled(one, idField)) : Object.fromEntries(Object.entries(answer as Entity).map(([name, value]) => [name === 'id' ? idField : name, value]));
}

const KINDS: Readonly<Record<string, string>> = { POST: 'create', PATCH: 'update', PUT: 'update', DELETE: 'delete' };

/** Every answer names its endpoint. */
function endpointOf(req: Request): string {
	const [, space, name, id] = req.path.split('/');
	if (space !== 'sandbox' || name === undefined || !(name in endpoints)) return 'unknown';
	return `sandbox.${name}.${KINDS[req.method] ?? (id === undefined ? 'index' : 'show')}`;
}

const isVisible = ({ groups }: Claims, { group }: Entity) => group === undefined || groups.includes(group);

/** assumed: any other query parameter keeps the entities whose field of that name has that value. */
function index({ req, res, caller, collection }: Visit, settings: AccuticsSettings): Entity[] {
	if (settings.drift > 0 && Number(req.query.page) > 1 && collection.name === 'items') {
		settings.drift -= 1;
		happenings(() => collection.entities).swap?.run({});
	}
	const filters = Object.entries(settings.ignoreFilters ? {} : req.query).filter(([name]) => name !== 'page' && name !== 'page_size');
	const meets = (entity: Entity) =>
		filters.every(([name, wanted]) => [wanted].flat().map(String).includes(String(entity[name])));
	const list = [...collection.entities.values()].filter((entity) => isVisible(caller, entity) && meets(entity));
	if (collection.endpoint.max === undefined || settings.wholeLists) return list;
	const { data, pagination } = paginate(req, settings, list, collection.endpoint.max);
	res.locals.meta = { pagination };
	return data;
}

function find({ req, caller, collection }: Visit): Entity {
	const id = String(req.params.id);
	const entity = collection.entities.get(id);
	if (!entity) throw notFound(id);
	if (!isVisible(caller, entity)) throw notPermitted();
	return entity;
}

function create({ req, res, collection }: Visit): Entity {
	const fields = fieldsOf(req);
	const missing = collection.endpoint.required.filter((name) => fields[name] === undefined || fields[name] === '');
	if (missing.length > 0) throw invalid(Object.fromEntries(missing.map((name) => [name, 'is required'])));
	const id = Math.max(0, ...[...collection.entities.values()].map((entity) => Number(entity.id))) + 1;
	res.status(201);
	return store(req, collection, 'create', { ...fields, id });
}

function update({ req, collection }: Visit, before: Entity): Entity {
	return store(req, collection, 'update', { ...before, ...fieldsOf(req), id: before.id });
}

function store(req: Request, { name, endpoint, entities }: Collection, kind: string, entity: Entity): Entity {
	const complete = { ...entity, ...endpoint.outputs?.(entity) };
	entities.set(String(entity.id), complete);
	effect(req, `${name}.${kind}`, String(entity.id));
	return complete;
}

function remove(visit: Visit, { deleteAnswer }: AccuticsSettings): Entity | undefined {
	const entity = find(visit);
	visit.collection.entities.delete(String(entity.id));
	effect(visit.req, `${visit.collection.name}.delete`, String(entity.id));
	return deleteAnswer === 'entity' ? entity : undefined;
}

function fieldsOf(req: Request): Record<string, unknown> {
	let body: unknown;
	try {
		body = jsonBody(req);
	} catch {
		throw invalid({ body: 'is not JSON' });
	}
	if (typeof body === 'object' && body !== null && !Array.isArray(body)) return { ...body };
	throw invalid({ body: 'must be an object' });
}

function seedMore(collections: Map<string, Collection>, type: string, count: number): number {
	const entities = collections.get('items')?.entities;
	if (type !== 'items' || !entities) throw new Error(`No seed for "${type}". There is: items.`);
	const start = entities.size;
	for (let n = start + 1; n <= start + count; n += 1) entities.set(String(n), makeItem(n));
	return entities.size;
}

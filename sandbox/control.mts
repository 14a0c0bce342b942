import express, { Router, type ErrorRequestHandler, type Request, type RequestHandler, type Response } from 'express';
import { controlPage } from './controlPage.mts';
import type { FaultOrder } from './faults.mts';
import type { Tools } from './pipeline.mts';
import type { Running } from './running.mts';
import type { Wish } from './service.mts';

/** The control interface under `/_control`: a page for people; reset, settings, faults, journal, secrets handed out, clock, and what can be made to happen. */
export function controlRouter(running: Map<string, Running>, tools: Tools): Router {
	const router = Router();
	const find = (req: Request, res: Response): Running | undefined => {
		const name = String(req.params.service);
		const found = running.get(name);
		if (!found) res.status(404).json({ error: `No service "${name}". There are: ${[...running.keys()].join(', ')}.` });
		return found;
	};
	router.use(onlyFromHere, express.json({ limit: '64mb' }));

	router.get('/', (_req, res) => void res.type('html').send(controlPage(running)));
	router.post('/reset', (req, res) => {
		const wanted = (req.body as { services?: string[] } | undefined)?.services;
		for (const [name, one] of running) {
			if (wanted && !wanted.includes(name)) continue;
			one.reset();
		}
		const names = wanted?.flatMap((name) => [name, `${name}-storage`]);
		tools.faults.clear(names);
		tools.journal.clear(names);
		tools.limiter.reset();
		if (!wanted) tools.clock.reset();
		res.json({ reset: wanted ?? [...running.keys()] });
	});

	router.get('/settings/:service', (req, res) => {
		const found = find(req, res);
		if (found) res.json(found.settings);
	});
	router.patch('/settings/:service', (req, res) => {
		const found = find(req, res);
		if (!found) return;
		const changes = (req.body ?? {}) as Record<string, unknown>;
		const unknown = Object.keys(changes).filter((key) => !(key in found.settings));
		if (unknown.length > 0) {
			res.status(400).json({ error: `Unknown settings: ${unknown.join(', ')}. There are: ${Object.keys(found.settings).join(', ')}.` });
			return;
		}
		Object.assign(found.settings, changes);
		res.json(found.settings);
	});

	router.post('/faults', (req, res) => {
		const order = req.body as FaultOrder;
		if (!running.has(String(order.service).replace(/-storage$/, ''))) throw new Error(`No service "${order.service}".`);
		res.json({ id: tools.faults.add(order) });
	});
	router.get('/faults', (_req, res) => void res.json(tools.faults.list()));
	router.delete('/faults', (_req, res) => {
		tools.faults.clear();
		res.json({ cleared: true });
	});

	router.get('/journal', (req, res) => {
		const service = req.query.service;
		res.json(tools.journal.list(typeof service === 'string' ? service : undefined));
	});
	router.get('/journal/summary', (req, res) => void res.json(tools.journal.summary(String(req.query.service))));
	router.delete('/journal', (_req, res) => {
		tools.journal.clear();
		res.json({ cleared: true });
	});

	router.get('/issued', (_req, res) => void res.json([...tools.issued]));

	router.post('/clock', (req, res) => {
		tools.clock.advance(Number((req.body as { advanceMs?: unknown }).advanceMs ?? 0));
		res.json({ now: new Date(tools.clock.now()).toISOString() });
	});

	router.post('/:service/expire-sessions', (req, res) => {
		const found = find(req, res);
		if (!found) return;
		found.service.expireSessions?.();
		res.json({ expired: true });
	});
	router.post('/:service/seed', (req, res) => {
		const found = find(req, res);
		if (!found) return;
		const { type, count } = req.body as { type: string; count: number };
		if (!found.service.seed) res.status(400).json({ error: 'This service has no bulk seed.' });
		else res.json({ type, count: found.service.seed(type, count) });
	});
	router.post('/:service/happen/:what', (req, res) => {
		const found = find(req, res);
		if (!found) return;
		const { happenings = {} } = found.service;
		const name = String(req.params.what);
		const happening = Object.hasOwn(happenings, name) ? happenings[name] : undefined;
		if (!happening) res.status(404).json({ error: `Nothing called "${name}" can happen here. There is: ${Object.keys(happenings).join(', ')}.` });
		else res.json({ happened: name, ...(happening.run((req.body ?? {}) as Wish) as object) });
	});
	router.use('/:service', (req, res, next) => {
		const own = running.get(String(req.params.service))?.service.control;
		if (own) own(req, res, next);
		else next();
	});
	router.use((req, res) => void res.status(404).json({ error: `No control route ${req.method} ${req.path}.` }));
	const failed: ErrorRequestHandler = (error: unknown, _req, res, next) => {
		if (res.headersSent) next(error);
		else res.status(400).json({ error: error instanceof Error ? error.message : String(error) });
	};
	router.use(failed);
	return router;
}

const HERE: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * A web page that the user looks at can send requests to this machine, and can give its own host name this machine's address: neither may
 * reset the sandbox or read its journal.
 */
const onlyFromHere: RequestHandler = ({ headers: { host = '', origin } }, res, next) => {
	const address = `http://${host}`;
	const isHere = URL.canParse(address) && HERE.has(new URL(address).hostname) && new URL(address).username === '';
	if (!isHere) res.status(403).json({ error: `The control interface answers at 127.0.0.1 or localhost only, not at "${host}".` });
	else if (origin !== undefined && origin !== address) res.status(403).json({ error: `The control interface takes no requests of web pages; this one comes from "${origin}".` });
	else next();
};

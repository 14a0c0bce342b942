import { raw, type ErrorRequestHandler, type Request, type RequestHandler, type Response, type Router } from 'express';
import type { Clock } from './clock.mts';
import type { Faults } from './faults.mts';
import { attach, readableBody, type Entry, type Journal } from './journal.mts';
import { retryAfterHeader, type RateLimiter } from './limits.mts';
import type { CommonSettings, Door } from './service.mts';
import { strike } from './strike.mts';

export interface Tools {
	clock: Clock;
	faults: Faults;
	journal: Journal;
	limiter: RateLimiter;
	/** Every secret that a service has handed out since the start: a reset forgets none, since what was written down stays written. */
	issued: Set<string>;
}

const READ_FIRST = /^$|json|form-urlencoded|^text\/|xml/;

/** JSON, forms and texts are in `req.body` as a Buffer; multipart and files are left for the service to stream. */
const readBody = raw({ type: (req) => READ_FIRST.test(req.headers['content-type'] ?? ''), limit: '64mb' });

/** Everything a request goes through before the service's own routes: journal, limit, latency, faults. */
export function pipeline(name: string, door: Door, settings: CommonSettings, tools: Tools, streamed: boolean): RequestHandler[] {
	const note: RequestHandler = (req, res, next) => {
		const entry = tools.journal.begin(req, name, routeOf(door.router, req), settings.journal === 'full');
		attach(req, tools.journal, entry);
		res.locals.entry = entry;
		res.once('close', () => tools.journal.end(entry, res.headersSent ? res.statusCode : null));
		next();
	};
	const keepBody: RequestHandler = (req, res, next) => {
		const entry = res.locals.entry as Entry;
		if (Buffer.isBuffer(req.body)) entry.bodySize = req.body.length;
		if (settings.journal === 'full') entry.body = readableBody(req);
		next();
	};
	const limit: RequestHandler = (req, res, next) => {
		const waitMs = tools.limiter.take(door.credentialOf(req), settings.rateLimit, tools.clock.now());
		if (waitMs <= 0) return next();
		const header = retryAfterHeader(settings.retryAfter, waitMs);
		if (header !== undefined) res.setHeader('Retry-After', header);
		door.refuse(req, res, 429, 'Too Many Requests');
	};
	const delay: RequestHandler = (_req, _res, next) => {
		if (settings.latencyMs > 0) setTimeout(next, settings.latencyMs);
		else next();
	};
	const fault = async (req: Request, res: Response, next: () => void) => {
		const found = tools.faults.strike(name, req.method, req.path, search(req));
		if (!found) return next();
		(res.locals.entry as Entry).fault = found.type;
		if (await strike(found, door, req, res)) next();
	};
	return [note, ...(streamed ? [] : [readBody, keepBody]), limit, delay, fault];
}

function search(req: Request): string {
	const at = req.url.indexOf('?');
	return at < 0 ? '' : req.url.slice(at);
}

/** Last resort for what a service's own error handling did not answer. */
export function lastResort(door: Door): ErrorRequestHandler {
	return (error: unknown, req, res, next) => {
		if (res.headersSent) return next(error);
		const status = (error as { status?: unknown }).status;
		door.refuse(req, res, typeof status === 'number' ? status : 500, error instanceof Error ? error.message : String(error));
	};
}

interface Layer {
	route?: { path: string; methods?: Record<string, boolean> };
	handle: { stack?: Layer[] };
	/** Express 5 gives what was matched; `false` when nothing was. */
	match(path: string): { path: string } | false;
}

/** The pattern of the route that will handle a request, known before any fault can keep it from being reached. */
function routeOf(router: Router, req: Request): string {
	const stack = router.stack as unknown as Layer[];
	return `${req.method} ${patternIn(stack, req.method.toLowerCase(), req.path) ?? '*'}`;
}

function patternIn(stack: Layer[], method: string, path: string): string | undefined {
	for (const layer of stack) {
		if (layer.route ? !layer.route.methods?.[method] : !layer.handle.stack) continue;
		const matched = layer.match(path);
		if (!matched) continue;
		if (layer.route) return layer.route.path;
		const prefix = matched.path;
		const inner = patternIn(layer.handle.stack ?? [], method, path.slice(prefix.length) || '/');
		if (inner !== undefined) return prefix + inner;
	}
	return undefined;
}

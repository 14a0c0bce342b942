import express, { Router, type Express, type RequestHandler } from 'express';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Clock } from './clock.mts';
import { controlRouter } from './control.mts';
import { Faults } from './faults.mts';
import { Journal } from './journal.mts';
import { RateLimiter } from './limits.mts';
import { lastResort, pipeline, type Tools } from './pipeline.mts';
import { Running } from './running.mts';
import type { Door } from './service.mts';
import { services } from './services.mts';

const KEEP_ALIVE_MS = 600_000;
const HOST = '127.0.0.1';

export interface SandboxOptions {
	/** Default 4010; 0 takes any free port. */
	port?: number;
	/** Default 4011; 0 takes any free port. */
	storagePort?: number;
}

export interface Sandbox {
	url: string;
	storageUrl: string;
	/** Lines for people, by service; opens them all. */
	about(): Array<{ name: string; url: string; lines: string[] }>;
	/** Drops all connections, also those that hang, and lets go of the ports. */
	close(): Promise<void>;
}

/** Starts all services in this process, on loopback only. Rejects when a port is taken (`EADDRINUSE`). */
export async function startSandbox({ port = 4010, storagePort = 4011 }: SandboxOptions = {}): Promise<Sandbox> {
	const tools: Tools = { clock: new Clock(), faults: new Faults(), journal: new Journal(), limiter: new RateLimiter(), issued: new Set() };
	const issue = (secret: string): string => {
		tools.issued.add(secret);
		return secret;
	};
	const urls = { url: '', storageUrl: '' };
	const running = new Map<string, Running>();
	const main = newApp();
	const storage = newApp();
	for (const module of services) {
		const one = new Running(module, { clock: tools.clock, urls, issue });
		running.set(module.name, one);
		const prefixes = module.prefixes.map((prefix) => `/${prefix}`);
		main.use(prefixes, onFirstUse(() => doorway(module.name, one, one.service, tools, false)));
		storage.use(prefixes, onFirstUse(() => doorway(`${module.name}-storage`, one, one.service.storage, tools, true)));
	}
	main.use('/_control', controlRouter(running, tools));

	const servers = [createServer(main), createServer(storage)] as const;
	// A client that has been idle must not run into a connection that is just being closed.
	for (const server of servers) server.keepAliveTimeout = KEEP_ALIVE_MS;
	const close = async () => {
		await Promise.all(servers.map(stop));
		for (const one of running.values()) one.close();
	};
	try {
		urls.url = await listen(servers[0], port);
		urls.storageUrl = await listen(servers[1], storagePort);
	} catch (error) {
		await close();
		throw error;
	}
	const about = () =>
		[...running].map(([name, { module, service }]) => ({ name, url: `${urls.url}/${module.prefixes[0]}`, lines: service.about() }));
	return { ...urls, about, close };
}

/** All that answers at one origin of a service; nothing at an origin that it does not have. */
function doorway(name: string, { settings }: Running, door: Door | undefined, tools: Tools, streamed: boolean): Router {
	const router = Router();
	if (door) router.use(pipeline(name, door, settings, tools, streamed), door.router, lastResort(door));
	return router;
}

/** Makes the router when the first request arrives for it: a service whose data takes long to make costs nothing until somebody asks for it. */
function onFirstUse(make: () => Router): RequestHandler {
	let made: Router | undefined;
	return (req, res, next) => {
		made ??= make();
		made(req, res, next);
	};
}

function newApp(): Express {
	const app = express();
	app.disable('x-powered-by');
	app.set('etag', false);
	return app;
}

async function listen(server: Server, port: number): Promise<string> {
	return await new Promise((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, HOST, () => resolve(`http://${HOST}:${(server.address() as AddressInfo).port}`));
	});
}

async function stop(server: Server): Promise<void> {
	await new Promise<void>((resolve) => {
		server.close(() => resolve());
		server.closeAllConnections();
	});
}

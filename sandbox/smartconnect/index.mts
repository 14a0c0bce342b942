import { Router, type ErrorRequestHandler, type Request, type Response } from 'express';
import { defineService } from '../service.mts';
import { Blank, Refusal, Said } from './errors.mts';
import { happenings } from './happenings.mts';
import { restRoutes } from './rest.mts';
import { companies, consultant, known, restClient } from './seed.mts';
import { smartConnectDefaults, State, type SmartConnectSettings } from './state.mts';
import { webServiceRoutes } from './web-service.mts';

/** SmartConnect.com, an integration platform (vendors/smartconnect.md): log-in host, web service and newer API under one prefix. */
export const smartConnect = defineService<SmartConnectSettings>({
	name: 'smartconnect',
	prefixes: ['smartconnect'],
	defaults: smartConnectDefaults,
	open(room) {
		const state = new State(room);
		const control = Router();
		control.post('/rotate-key', (_req, res) => {
			state.keys.rotate();
			res.json({ rotated: true });
		});
		return {
			router: routes(state),
			control,
			happenings: happenings(state),
			refuse,
			sessionOver: (req, res) => refuse(req, res, 401, 'The token is not valid.'),
			credentialOf: (req) => String(req.query.token ?? req.headers.authorization ?? ''),
			reset: () => state.reset(),
			expireSessions: () => {
				state.tokens.reset();
				state.rest.endSessions();
			},
			seed: (_type, count) => seedRows(state, count),
			about: () => [
				`API URL ends in /API, log-in URL in /login, REST host in /rest`,
				...companies.map(({ id, name }) => `Customer ID of ${name}: ${id}`),
				`user ${consultant.email}, password ${consultant.password}`,
				`REST client ${restClient.clientId}, secret ${restClient.clientSecret}`,
			],
		};
	},
});

function routes(state: State): Router {
	const router = Router();
	router.post('/login/v1/public-key', (_req, res) => {
		if (state.settings.rotateKeys) state.keys.rotate();
		res.json(state.keys.xml);
	});
	router.use('/API', webServiceRoutes(state));
	router.use('/rest', restRoutes(state));
	router.use((req) => {
		throw new Refusal(404, `Nothing answers to ${req.method} ${req.path}.`);
	});
	const failed: ErrorRequestHandler = (error, req, res, next) => {
		if (res.headersSent) next(error);
		else if (error instanceof Blank) res.status(200).end();
		else if (error instanceof Said) res.json({ Message: error.message });
		else if (error instanceof Refusal) refuse(req, res, error.status, error.message);
		else refuse(req, res, 500, 'An error has occurred.');
	};
	router.use(failed);
	return router;
}

/** A short text: the bodies of refusals are not documented (assumed). */
function refuse(_req: Request, res: Response, status: number, message: string): void {
	res.status(status).type('text').send(message);
}

/** Adds rows to the process for large tables. */
function seedRows(state: State, count: number): number {
	const rows = state.processes.find(({ key }) => key === known.bulk)?.rows ?? [];
	const start = rows.length;
	for (let i = start; i < start + count; i++) {
		rows.push({ No: `B-${i}`, Name: `Customer ${i} & Co`, Email: `bulk${i}@example.test`, City: 'Fargo' });
	}
	return rows.length;
}

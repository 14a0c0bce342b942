import { Router, type Request } from 'express';
import { effect } from '../journal.mts';
import { Refusal } from './errors.mts';
import { carryOut, restAnswer } from './runs.mts';
import { known, restClient, users } from './seed.mts';
import type { State } from './state.mts';
import { filtered } from './web-service.mts';

/** The newer API, as far as it is known (vendors/smartconnect.md §4). */
export function restRoutes(state: State): Router {
	const router = Router();
	router.post('/token', (req, res) => void res.json({ token_type: 'bearer', ...(state.settings.tellExpiry ? { expires_in: state.settings.accessLifeMs / 1000 } : {}), ...grant(state, req) }));
	router.post('/v1/run-integration/:id', async (req, res) => {
		const bearer = /^Bearer (.+)$/.exec(req.headers.authorization ?? '')?.[1] ?? '';
		if (state.rest.userOf(bearer, 'access') === undefined) throw new Refusal(401, 'Authorization has been denied for this request.');
		// Assumed: one company for each registration.
		const process = state.processes.find(({ key, company }) => key === req.params.id.toLowerCase() && company === known.companyA);
		if (!process) throw new Refusal(404, 'The integration was not found.');
		const request = { process, rows: filtered(process, variablesIn(req)), tellRows: false };
		const record = carryOut(req, state, request);
		await new Promise((resolve) => setTimeout(resolve, state.settings.runMs));
		res.json(restAnswer(state, request, record));
	});
	return router;
}

function grant(state: State, req: Request): { access_token: string; refresh_token: string } {
	const form = new URLSearchParams(Buffer.isBuffer(req.body) ? req.body.toString('utf8') : '');
	const isClient = form.get('client_id') === restClient.clientId && form.get('client_secret') === restClient.clientSecret;
	if (!isClient) throw new Refusal(400, '{"error":"invalid_client"}');
	const user = form.get('grant_type') === 'refresh_token' ? state.rest.userOf(form.get('refresh_token') ?? '', 'refresh') : userOf(form);
	if (user === undefined) throw new Refusal(400, '{"error":"invalid_grant"}');
	effect(req, 'login', user);
	return state.rest.issue(user);
}

function userOf(form: URLSearchParams): string | undefined {
	const email = form.get('username')?.toLowerCase();
	return users.find((user) => user.email.toLowerCase() === email && user.password === form.get('password') && user.active)?.email;
}

function variablesIn(req: Request): Map<string, string> {
	const body = JSON.parse(Buffer.isBuffer(req.body) ? req.body.toString('utf8') : '{}') as { Variables?: Array<{ Name: string; Value: string }> };
	return new Map((body.Variables ?? []).map(({ Name, Value }) => [Name, Value]));
}

import { Router, type Request, type Response } from 'express';
import { effect } from '../journal.mts';
import { Blank, Refusal, Said } from './errors.mts';
import type { Process, Row } from './model.mts';
import { carryOut, errorsAnswer, runAnswer } from './runs.mts';
import { companies, connections, dataSources, known, users } from './seed.mts';
import type { State } from './state.mts';
import { readRequestData, wrappedTable } from './xml.mts';

type Handle = (caller: Caller, req: Request, res: Response) => unknown;

interface Caller {
	email: string;
	company: string;
}

const HISTORY = 10;

/** The classic web service (vendors/smartconnect.md §3). Express matches paths whatever their case (assumed, §2.3). */
export function webServiceRoutes(state: State): Router {
	const router = Router();
	const documented = new Map<string, 'GET' | 'POST'>();
	const open = (method: 'GET' | 'POST', path: string, handle: (req: Request, res: Response) => unknown) => {
		documented.set(path.toLowerCase(), method);
		router[method === 'GET' ? 'get' : 'post'](path, async (req, res) => {
			const answer = await handle(req, res);
			if (!res.headersSent) res.json(answer);
		});
	};
	const on = (method: 'GET' | 'POST', path: string, handle: Handle) =>
		open(method, path, async (req, res) => await handle(callerOf(state, req), req, res));
	const onProcess = (method: 'GET' | 'POST', path: string, key: string, handle: (process: Process, req: Request, res: Response) => unknown) =>
		on(method, path, async (caller, req, res) => await handle(processOf(state, caller, one(req, key)), req, res));

	open('POST', '/GetToken', (req) => logIn(state, req));
	open('POST', '/GetCompanyList', (req) => {
		const user = userOf(state, req);
		const own = companies.filter(({ id }) => user.companies.includes(id));
		return own.map(({ id, name, subscriptionExpiry }) => ({ Id: id, Name: name, SubscriptionExpiry: subscriptionExpiry }));
	});
	open('POST', '/validate', (req) => state.tokens.find(one(req, 'token')) !== undefined);

	const own = <T extends { company: string }>(list: readonly T[], { company }: Caller) =>
		list.filter((entry) => entry.company === company).map((entry) => ({ ...entry, company: undefined }));
	on('GET', '/GetConnections', (caller) => own(connections, caller));
	on('GET', '/GetDataSources', (caller) => own(dataSources, caller));
	on('POST', '/GetMapList', (caller) =>
		state.processes
			.filter(({ company, realTime }) => company === caller.company && !realTime)
			.map(({ key, mapId, description }) => ({ MapKey: key, MapId: mapId, MapDescription: description })),
	);
	on('GET', '/GetProcessesByConnection', (caller, req) => ({
		Items: state.processes
			.filter(({ company, connection }) => company === caller.company && connection === one(req, 'connectionId').toLowerCase())
			.map((process) => processItem(state, process)),
	}));
	on('GET', '/GetProcessesForDatasource', (caller, req) =>
		state.processes
			.filter(({ company, dataSource }) => company === caller.company && dataSource === one(req, 'dataSourceId').toLowerCase())
			.map(({ key, mapId, description }) => ({
				Id: key,
				MapId: mapId,
				Description: description,
				SourceType: 'Example.Source.Sql',
				TargetType: 'Example.Target.Rest',
			})),
	);
	const columns = ({ required }: Process, names: readonly string[]) => names.map((name) => ({ ColumnName: name, IsRequired: required.includes(name) }));
	onProcess('POST', '/GetMapColumns', 'mapKey', (process) => columns(process, process.columns));
	onProcess('POST', '/GetMappedMapColumns', 'mapKey', (process) => columns(process, process.mapped));

	const sendTable = (process: Process, rows: readonly Row[], res: Response) => {
		if (process.realTime) throw new Refusal(400, 'Real time processes are not supported.');
		res.type('application/xml').send(wrappedTable(process.rootName, process.rowName, rows));
	};
	onProcess('POST', '/GetAllData', 'mapKey', (process, _req, res) => sendTable(process, process.rows, res));
	onProcess('POST', '/GetAllDataWithVariables', 'mapKey', (process, req, res) =>
		sendTable(process, filtered(process, variablesIn(req)), res),
	);

	const run = (path: string, rowsFor: (process: Process, req: Request) => Row[], tellRows = true) =>
		onProcess('POST', path, 'mapKey', async (process, req) => {
			if (process.realTime) throw new Refusal(400, 'Real time processes are not supported.');
			const request = { process, rows: rowsFor(process, req), tellRows };
			const record = carryOut(req, state, request);
			await new Promise((resolve) => setTimeout(resolve, state.settings.runMs));
			return runAnswer(state, request, record);
		});
	run('/runmap', ({ rows }) => rows);
	run('/RunMapWithVariables', (process, req) => filtered(process, variablesIn(req)));
	run('/RunMapDataTable', (_process, req) => tableIn(req), false);
	run('/RunMapDataTableWithErrors', (_process, req) => tableIn(req));
	run('/RunMapXml', (_process, req) => tableIn(req));

	onProcess('GET', '/GetHistoryForProcess', 'processId', ({ key, mapId, storesErrors }) =>
		[...state.runsOf(key)]
			.reverse()
			.slice(0, HISTORY)
			.map(({ runNumber, runDate, recordCount, rejected }) => ({
				Id: `${key.slice(0, -4)}${String(runNumber).padStart(4, '0')}`,
				MapId: mapId,
				RunNumber: runNumber,
				RunDate: runDate,
				RecordCount: recordCount,
				ErrorCount: rejected.length,
				ErrorsSaved: storesErrors && rejected.length > 0,
			})),
	);
	onProcess('GET', '/GetErrorsForProcessRun', 'processId', (process, req) => {
		const record = state.runsOf(process.key).find(({ runNumber }) => runNumber === Number(one(req, 'runNumber')));
		if (!record) throw new Refusal(404, 'There is no such run.');
		return errorsAnswer(process, record);
	});
	onProcess('GET', '/GetOutputsForProcess', 'processId', ({ key }, req) => {
		const wanted = req.query.runNumber === undefined ? undefined : Number(req.query.runNumber);
		return state.outputs
			.filter(({ processId, runNumber }) => processId === key && (wanted === undefined || runNumber === wanted))
			.map((output) => ({ ...output, content: undefined, outputUri: linkTo(state, req, output.outputId) }));
	});
	on('GET', '/getfile', (caller, req, res) => {
		const file = state.outputs.find(({ outputId }) => outputId === one(req, 'key'));
		const process = state.processes.find(({ key }) => key === file?.processId);
		if (!file || process?.company !== caller.company) throw new Refusal(404, 'There is no such file.');
		res.type('application/octet-stream').send(file.content);
	});

	router.use((req) => {
		const method = documented.get(req.path.toLowerCase());
		if (method) throw new Refusal(405, `The requested resource does not support http method '${req.method}'.`);
		throw new Refusal(404, `Nothing answers to ${req.method} ${req.path}.`);
	});
	return router;
}

/** A query parameter that must be there. */
function one(req: Request, name: string): string {
	const value = req.query[name];
	if (typeof value !== 'string' || value === '') throw new Refusal(400, `The parameter ${name} is missing.`);
	return value;
}

function userOf(state: State, req: Request) {
	const email = one(req, 'email').toLowerCase();
	const password = state.keys.open(one(req, 'password'));
	const user = users.find((candidate) => candidate.email.toLowerCase() === email);
	if (!user || password === undefined || user.password !== password) throw new Refusal(401, `Log-in of ${email} failed.`);
	if (!user.active) throw new Refusal(401, `${email} is not active.`);
	return user;
}

function logIn(state: State, req: Request): string {
	const user = userOf(state, req);
	const company = one(req, 'companyId').toLowerCase();
	if (!user.companies.includes(company)) throw new Refusal(401, `${user.email} does not belong to this company.`);
	effect(req, 'login', user.email);
	return state.tokens.issue(user.email, company);
}

function callerOf(state: State, req: Request): Caller {
	const token = req.query.token;
	const found = typeof token === 'string' ? state.tokens.find(token) : undefined;
	if (found) return found;
	if (state.settings.badToken === 'blank') throw new Blank();
	if (state.settings.badToken === 'message') throw new Said('Authorization has been denied for this request.');
	throw new Refusal(Number(state.settings.badToken), 'The token is not valid.');
}

function processOf({ processes, settings }: State, caller: Caller, key: string): Process {
	const found = processes.find((process) => process.key === key.toLowerCase());
	if (found?.company === caller.company) return found;
	if (settings.foreignProcess === 'blank') throw new Blank();
	throw new Refusal(Number(settings.foreignProcess), 'There is no such process.');
}

function processItem({ settings }: State, process: Process): unknown {
	return {
		mapKey: settings.zeroMapKeys ? known.noId : process.key,
		mapId: process.mapId,
		mapDescription: process.description,
		connectionId: process.connection,
		connectionType: 'Example.Connector.Rest',
		destinationType: 'Example.Connector.Rest',
		storesErrors: process.storesErrors,
		isOutputProcess: process.isOutput,
		lines: [{ lineId: process.key, description: `Update ${process.mapId.toLowerCase()}`, technicalName: `_${process.key}`, technicalValue: '' }],
		tenants: [{ tenantId: process.connection, name: 'Rest', serverName: 'Shop', technicalName: 'Shop' }],
	};
}

function tableIn(req: Request): Row[] {
	if (!/xml/.test(req.headers['content-type'] ?? '')) throw new Refusal(415, 'XML was expected.');
	try {
		return readRequestData(bodyOf(req)).rows;
	} catch {
		throw new Refusal(400, 'The request is not well-formed XML.');
	}
}

/** Both documented forms are taken (§3.4.2). */
function variablesIn(req: Request): Map<string, string> {
	try {
		const body = JSON.parse(bodyOf(req)) as unknown;
		const list = Array.isArray(body) ? body : (JSON.parse((body as { Variables: string }).Variables) as unknown[]);
		return new Map((list as Array<{ Key: string; Value: string }>).map(({ Key, Value }) => [Key, Value]));
	} catch {
		throw new Refusal(400, 'The variables can not be read.');
	}
}

const bodyOf = (req: Request): string => (Buffer.isBuffer(req.body) ? req.body.toString('utf8') : '');

/** Variables that the process uses filter its source; others have no effect. */
export function filtered({ rows, variables }: Process, given: ReadonlyMap<string, string>): Row[] {
	return rows.filter((row) => variables.every(({ name, column }) => !given.has(name) || row[column] === given.get(name)));
}

/** The link of a file; it holds the token and plain http, as in the vendor's sample (§3.5). */
function linkTo({ settings, room }: State, req: Request, key: string): string {
	const base = settings.outputHost === '' ? room.urls.url : settings.outputHost;
	return `${base}/smartconnect/API/getfile?token=${encodeURIComponent(one(req, 'token'))}&key=${key}`;
}

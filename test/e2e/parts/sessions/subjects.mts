// The services with sessions, and the ways in which they tell that one is over.
import assert from 'node:assert/strict';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { CredentialInput } from '../../../../demo/api.mts';
import { exampleCredentials } from '../../../../demo/credentials.mts';
import { known as entu } from '../../../../sandbox/entu/seed-known.mts';
import { consultant, known as smartConnect, restClient } from '../../../../sandbox/smartconnect/seed.mts';

/** Something that a node is given to do. */
export interface Work {
	parameters: INodeParameters;
	items: IDataObject[];
	/** What the sandbox has then done once for each item, for good. */
	effect?: string;
}

/** Work in the middle of which all sessions end: at the request that comes after so many of these. */
export interface Interrupted extends Work {
	endsAfter: { skip: number; path: string; method?: string };
	/** How long the service is not asked about a session that it has confirmed, ms: this is waited for. */
	provenMs?: number;
}

/** A credential whose service has sessions. */
export interface Account {
	name: string;
	node: string;
	/** As the sandbox calls the service. */
	service: string;
	settings: IDataObject;
	credential: CredentialInput;
	/** The field of the credential that is secret, the route that takes it, and the path of that. */
	logIn: { secret: string; route: string; path: string };
	/** Whether the service takes this token, asked without n8n. */
	accepts(token: string): Promise<boolean>;
	reads?: Work;
	writes: Work;
}

/** An account, and one way of its service to tell that a session is over. */
export interface Subject extends Account {
	reads: Interrupted;
	pages?: Interrupted;
	writes: Interrupted;
}

const AT_ONCE = 20;
const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const times = (count: number, item: (i: number) => IDataObject) => Array.from({ length: count }, (_, i) => item(i));
const inParallel = { options: { parallelRequests: AT_ONCE } };

export function subjects(url: string): Subject[] {
	return [
		entuSubject(url, 'Entu, server of July, end told by 401', { generation: 'july' }),
		entuSubject(url, 'Entu, later server, end told by 401', { generation: 'later' }),
		entuSubject(url, 'Entu, end told in a 200', { badTokenStatus: 200 }),
		webService(url, 'SmartConnect, end told by 401', { badToken: '401' }),
		webService(url, 'SmartConnect, end told by 403', { badToken: '403' }),
		webService(url, 'SmartConnect, end told by an empty 200', { badToken: 'blank' }),
		webService(url, 'SmartConnect, end told in a 200', { badToken: 'message' }),
	];
}

function entuSubject(url: string, name: string, settings: IDataObject): Subject {
	const books = [entu.book, entu.domainEntity, entu.editableEntity, entu.publicEntity];
	return {
		name,
		node: 'entu',
		service: 'entu',
		settings,
		credential: exampleOf(url, 'entuApi'),
		logIn: { secret: 'apiKey', route: 'GET /auth', path: '^/auth' },
		accepts: async (token) => {
			const answer = await fetch(`${url}/entu/${entu.database}`, { headers: { authorization: `Bearer ${token}` } });
			return answer.ok && !('error' in ((await answer.json()) as object));
		},
		reads: {
			parameters: { resource: 'entity', operation: 'get', entityId: byId('={{ $json.id }}'), ...inParallel },
			items: times(AT_ONCE, (i) => ({ id: books[i % books.length] })),
			endsAfter: { skip: 7, path: '/entity/' },
		},
		pages: {
			parameters: { resource: 'entity', operation: 'getAll', typeId: byId(entu.typeLending), returnAll: true, options: { pageSize: 50, parallelRequests: 5 } },
			items: [{}],
			endsAfter: { skip: 9, path: '/entity\\?' },
		},
		writes: {
			parameters: { resource: 'entity', operation: 'create', typeId: byId(entu.typeFolder), propertiesMode: 'json', propertiesJson: '={{ { "name": $json.name } }}' },
			items: times(AT_ONCE, (i) => ({ name: `Shelf ${i}` })),
			endsAfter: { skip: 7, path: '/entity$', method: 'POST' },
			effect: 'entity.create',
		},
	};
}

function webService(url: string, name: string, settings: IDataObject): Subject {
	const integrations = [smartConnect.customers, smartConnect.stock, smartConnect.priceList];
	return {
		name,
		node: 'smartConnect',
		service: 'smartconnect',
		settings,
		credential: exampleOf(url, 'smartConnectApi'),
		logIn: { secret: 'password', route: 'POST /API/GetToken', path: 'GetToken' },
		accepts: async (token) => {
			const answer = await fetch(`${url}/smartconnect/API/validate?token=${encodeURIComponent(token)}`, { method: 'POST' });
			return (await answer.json()) === true;
		},
		reads: {
			parameters: { authentication: 'webService', resource: 'integration', operation: 'getColumns', integrationId: byId('={{ $json.id }}'), ...inParallel },
			items: times(AT_ONCE, (i) => ({ id: integrations[i % integrations.length] })),
			endsAfter: { skip: 7, path: 'Columns' },
		},
		writes: {
			parameters: { authentication: 'webService', resource: 'integration', operation: 'run', integrationId: byId(smartConnect.customers) },
			items: times(8, () => ({})),
			// Before a run the service is asked whether the token still holds, unless it was a moment ago.
			endsAfter: { skip: 0, path: 'validate' },
			provenMs: 30_000,
			effect: 'run',
		},
	};
}

/** SmartConnect's REST API: it can do nothing but start runs. */
export function restApi(url: string): Account {
	return {
		name: 'SmartConnect REST API',
		node: 'smartConnect',
		service: 'smartconnect',
		settings: {},
		credential: {
			name: 'SmartConnect REST (sandbox)',
			type: 'smartConnectRestApi',
			data: { region: 'custom', host: `${url}/smartconnect/rest`, username: consultant.email, password: consultant.password, ...restClient },
		},
		logIn: { secret: 'password', route: 'POST /rest/token', path: '/rest/token' },
		// Nothing runs where there is no such integration, but the token is looked at first.
		accepts: async (token) => {
			const none = `${url}/smartconnect/rest/v1/run-integration/${smartConnect.missing}`;
			return (await fetch(none, { method: 'POST', headers: { authorization: `Bearer ${token}` } })).status === 404;
		},
		writes: {
			parameters: { authentication: 'restApi', resource: 'integration', operation: 'run', integrationId: smartConnect.customers },
			items: times(8, () => ({})),
			effect: 'run',
		},
	};
}

function exampleOf(url: string, type: string): CredentialInput {
	const example = exampleCredentials(url).find((one) => one.type === type);
	assert(example);
	return example;
}

import { known, ownerKey, userKey } from '../../sandbox/entu/seed.mts';

export { known, ownerKey, userKey };
export { useSandbox } from '../support/sandbox.mts';

export interface Answer {
	status: number;
	headers: Headers;
	// The tests say what they expect to find in here.
	body: Json;
}

export interface Json extends Iterable<Json> {
	readonly [key: string]: Json;
}

/** The elements of a list in an answer; none when it is not there. */
export const items = (list: Json | undefined): Json[] => (list === undefined ? [] : [...list]);

export async function call(url: string, init: RequestInit = {}): Promise<Answer> {
	const answer = await fetch(url, { redirect: 'manual', ...init });
	const text = await answer.text();
	const isJson = (answer.headers.get('content-type') ?? '').includes('json');
	return { status: answer.status, headers: answer.headers, body: (isJson ? JSON.parse(text) : text) as Json };
}

export async function login(url: string, key: string = ownerKey, database = 'labdb'): Promise<string> {
	const { body } = await call(`${url}/entu/auth?db=${database}`, { headers: { authorization: `Bearer ${key}` } });
	return String(body.token);
}

/** Calls of one person in `labdb`. */
export async function person(url: string, key: string = ownerKey, database = 'labdb') {
	const token = await login(url, key, database);
	const headers = { authorization: `Bearer ${token}` };
	const send = async (method: string, path: string, body?: unknown) =>
		await call(`${url}/entu/${database}${path}`, {
			method,
			headers: { ...headers, 'content-type': 'application/json' },
			...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
		});
	return {
		token,
		get: async (path: string) => await send('GET', path),
		post: async (path: string, body?: unknown) => await send('POST', path, body),
		delete: async (path: string) => await send('DELETE', path),
		names: async (query: string) => {
			const { body } = await send('GET', `/entity?props=name&${query}`);
			return items(body.entities).map((entity) => String(entity.name?.[0]?.string));
		},
		count: async (query: string) => Number((await send('GET', `/entity?props=_id&limit=1&${query}`)).body.count),
		create: async (...properties: unknown[]) =>
			await send('POST', '/entity', [{ type: '_type', reference: known.typeBook }, ...properties]),
	};
}

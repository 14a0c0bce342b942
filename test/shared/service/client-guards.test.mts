/** What the client refuses before anything is sent, and what it makes of what comes back. */
import { Readable } from 'node:stream';
import type { IExecuteFunctions } from 'n8n-workflow';
import { Client } from '../../../nodes/shared/service/client';
import type { Connection } from '../../../nodes/shared/service/service';
import type { Vendor } from '../../../nodes/shared/operation/operation';
import { fail } from '../../../nodes/shared/answer/failure';
import { runAlone } from '../../../nodes/shared/service/run';

const connection: Connection = {
	credentialType: 'toyApi',
	baseUrl: ({ baseUrl }) => String(baseUrl),
	secrets: ['token'],
	check: ({ token }) => (String(token).includes('old') ? { reason: 'log-in refused', message: `The token ${String(token)} is old`, fix: 'Get a new one' } : undefined),
};
const vendor: Vendor = {
	name: 'Toy',
	connections: [connection],
	limits: { inFlight: 2 },
	judge: ({ text }) => ({ type: 'ok', body: text }),
	resources: [],
};

function opened(token: string) {
	const sent: string[] = [];
	const context = {
		getCredentials: async () => ({ baseUrl: 'https://toy.example/v1', token }),
		getNode: () => ({ credentials: { toyApi: { id: '1', name: 'Toy' } } }),
		helpers: {
			httpRequestWithAuthentication: async (_type: string, { url }: { url: string }) => {
				sent.push(url);
				return { statusCode: 200, headers: {}, body: 'fine' };
			},
		},
	} as unknown as IExecuteFunctions;
	return { sent, client: async () => await Client.open(context, vendor, connection, runAlone(1), 0) };
}

test('credentials that can be seen to be unusable, without showing them', async () => {
	const { client, sent } = opened('old-secret-token');
	await expect(client()).rejects.toMatchObject({ failure: { reason: 'log-in refused', message: 'The token *** is old', fix: 'Get a new one' } });
	expect(sent).toEqual([]);
	await expect((await opened('fresh').client()).send({ path: '/things' })).resolves.toBe('fine');
});

test.each([
	'https://elsewhere.example/things',
	'http://toy.example/things',
	'https://toy.example:8443/things',
	'https://toy.example.elsewhere.example/things',
	'https://toy.example@elsewhere.example/things',
])('an address on another origin: %s', async (path) => {
	const { client, sent } = opened('fresh');
	await expect((await client()).send({ path })).rejects.toMatchObject({ failure: { fix: expect.stringContaining('Nothing was sent there') } });
	expect(sent).toEqual([]);
});

test('but not one on its own', async () => {
	const { client, sent } = opened('fresh');
	await (await client()).send({ path: 'https://toy.example/v1/things?page=2' });
	expect(sent).toEqual(['https://toy.example/v1/things?page=2']);
});

describe('what comes of a request', () => {
	const answering = (judge: Vendor['judge'], answer: () => unknown, session?: Connection['session']) => {
		const sent: string[] = [];
		const context = {
			getCredentials: async () => ({ baseUrl: 'https://toy.example', token: 'fresh', owner: 'me' }),
			getNode: () => ({ credentials: { toyApi: { id: '2', name: 'Toy' } } }),
			helpers: {
				httpRequestWithAuthentication: async (_type: string, { url }: { url: string }) => {
					sent.push(url);
					return answer();
				},
			},
		} as unknown as IExecuteFunctions;
		const own = { ...connection, session };
		return { sent, client: async () => await Client.open(context, { ...vendor, connections: [own], judge }, own, runAlone(1), 0) };
	};
	const fine = () => ({ statusCode: 200, headers: {}, body: 'fine' });

	test('one that could not be made was not sent, and says why; its place is free again', async () => {
		const { client, sent } = answering(vendor.judge, fine);
		const opened = await client();
		const bad = { method: 'POST', path: '/things', body: () => fail({ reason: 'invalid input', message: 'The file is gone' }) } as const;
		await expect(opened.send(bad)).rejects.toMatchObject({ failure: { reason: 'invalid input', message: 'The file is gone' } });
		await expect(opened.send({ ...bad, body: () => Promise.reject(new Error('ENOENT')) })).rejects.toThrow(/^ENOENT$/);
		expect(sent).toEqual([]);
		await expect(opened.send({ path: '/things' })).resolves.toBe('fine');
	});

	test('a stream that nobody wants is closed', async () => {
		const stream = Readable.from(['<html>']);
		const failure = { reason: 'unreadable answer', message: 'a web page' } as const;
		const { client } = answering(() => ({ type: 'failed', failure, transient: false, fate: 'unknown' }), () => ({ statusCode: 200, headers: {}, body: stream }));
		await expect((await client()).send({ path: '/file', stream: true })).rejects.toThrow('a web page');
		expect(stream.destroyed).toBe(true);
	});

	test('a write of unknown fate is not sent again with a new session', async () => {
		const session = { tokenField: 'token', ownerField: 'owner', ownerOf: () => 'me', probe: () => ({ path: '/probe' }), confirms: () => false };
		const failure = { reason: 'unreadable answer', message: 'an empty answer' } as const;
		const judge: Vendor['judge'] = (_, { path }) => (path === '/probe' ? { type: 'ok', body: false } : { type: 'expired', failure, fate: 'unknown' });
		const { client, sent } = answering(judge, fine, session);
		await expect((await client()).send({ method: 'POST', path: '/things' })).rejects.toMatchObject({ failure: { reason: 'outcome unknown' } });
		expect(sent.filter((url) => url.endsWith('/things'))).toHaveLength(1);
	});
});

/** What the client refuses before anything is sent. */
import type { IExecuteFunctions } from 'n8n-workflow';
import { Client, runAlone } from '../../nodes/shared/client';
import type { Connection, Vendor } from '../../nodes/shared/define';

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

/** What a preview shows, and what it keeps from being sent. */
import { Readable } from 'node:stream';
import type { IExecuteFunctions } from 'n8n-workflow';
import { Client } from '../../../nodes/shared/service/client';
import { json, type PlainRequest, type Request } from '../../../nodes/shared/service/request';
import { runAlone } from '../../../nodes/shared/service/run';
import type { Service } from '../../../nodes/shared/service/service';

const TOKEN = 'k3y-Of-The-toy/42+x';

function opened(arrayFormat?: Service['arrayFormat']) {
	const sent: string[] = [];
	const take = async (_: unknown, options?: { url: string }) => {
		sent.push(options?.url ?? 'plain');
		return { statusCode: 200, headers: {}, body: 'fine' };
	};
	const context = {
		getCredentials: async () => ({ baseUrl: 'https://toy.example/v1', token: TOKEN }),
		getNode: () => ({ credentials: { toyApi: { id: '1', name: 'Toy' } } }),
		helpers: { httpRequestWithAuthentication: take, httpRequest: take },
	} as unknown as IExecuteFunctions;
	const connection = { credentialType: 'toyApi', baseUrl: ({ baseUrl }: { baseUrl?: unknown }) => String(baseUrl), secrets: ['token'] };
	const service: Service = { name: 'Toy', connections: [connection], limits: { inFlight: 2 }, arrayFormat, judge: ({ text }) => ({ type: 'ok', body: text }) };
	return { sent, open: async (isPreview = true) => await Client.open(context, service, connection, runAlone(1), 0, isPreview) };
}

/** What is shown of a request, and what was sent all the same. */
async function shown(request: Request, arrayFormat?: Service['arrayFormat']) {
	const { sent, open } = opened(arrayFormat);
	const client = await open();
	await expect(client.send(request)).rejects.toMatchObject({ failure: { reason: 'previewed' } });
	expect(sent).toEqual([]);
	const { requests } = client.preview?.toJson() as unknown as { requests: Array<{ url: string; body: unknown; headers: Record<string, string> }> };
	return requests[0];
}

test.each([
	['repeat', 'tag=a&tag=b%20c'],
	['brackets', 'tag%5B%5D=a&tag%5B%5D=b%20c'],
	['indices', 'tag%5B0%5D=a&tag%5B1%5D=b%20c'],
	['comma', 'tag=a%2Cb%20c'],
	[undefined, 'tag%5B0%5D=a&tag%5B1%5D=b%20c'],
] as const)('a list in the query, as n8n writes it: %s', async (format, text) => {
	const request = { method: 'POST', path: '/things', query: { tag: ['a', 'b c'], left: undefined, none: null, 'n(1)': true } } as const;
	expect((await shown(request, format))?.url).toBe(`https://toy.example/v1/things?${text}&none=&n%281%29=true`);
});

test('a query behind an address that has one', async () => {
	expect((await shown({ method: 'POST', path: '/things?a=1', query: { b: 2 } }))?.url).toBe('https://toy.example/v1/things?a=1&b=2');
});

test.each([
	['as it is', TOKEN],
	['in other letters', TOKEN.toUpperCase()],
	['in base64', Buffer.from(`user:${TOKEN}`).toString('base64')],
	['in hex', Buffer.from(TOKEN).toString('hex')],
	['as JSON in JSON', JSON.stringify(JSON.stringify({ key: TOKEN }))],
	['in an address', `https://toy.example/?key=${encodeURIComponent(TOKEN)}`],
])('no secret, wherever it stands: %s', async (_, text) => {
	const request = await shown({ method: 'POST', path: '/things', query: { q: text }, headers: { 'X-Note': text }, body: json({ text, [text]: [text] }) });
	expect(JSON.stringify(request)).toContain('***');
	for (const secret of [TOKEN, TOKEN.toLowerCase(), encodeURIComponent(TOKEN), text]) expect(JSON.stringify(request).toLowerCase()).not.toContain(secret.toLowerCase());
});

test('no value of a query that is made from secrets', async () => {
	const request = await shown({ method: 'POST', path: '/token', secretQuery: () => ({ password: 'something encrypted' }) });
	expect(request?.url).toBe('https://toy.example/v1/token?password=%2A%2A%2A');
});

test('long numbers with all their digits, and a file as what it is', async () => {
	expect((await shown({ method: 'PUT', path: '/things', body: () => ({ content: '{"id":12345678901234567890}', type: 'application/json', length: 27 }) }))?.body).toEqual({ id: '12345678901234567890' });
	const stream = Readable.from([Buffer.from('bytes')]);
	const request = await shown({ method: 'PUT', path: '/things', body: () => ({ content: stream, type: 'image/png', length: 5, name: 'photo.png' }) });
	expect(request?.body).toEqual({ file: 'photo.png', bytes: 5, type: 'image/png' });
	expect(stream.destroyed).toBe(true);
});

test('what follows: a stand-in for the answer, or words', async () => {
	const { open, sent } = opened();
	const client = await open();
	expect(await client.send({ method: 'POST', path: '/things', next: { answer: { id: 7 } } })).toEqual({ id: 7 });
	await expect(client.send({ method: 'DELETE', path: '/things/7', next: 'the rest' })).rejects.toThrow();
	expect(client.preview?.toJson().summary).toBe('Nothing was sent. Without Preview Only, these 2 requests are sent. What follows depends on the answer: the rest');
	expect(sent).toEqual([]);
});

test('reads are sent, and so is all without the option', async () => {
	const { open, sent } = opened();
	expect(await (await open()).send({ path: '/things' })).toBe('fine');
	await (await open()).send({ method: 'POST', path: '/search', effect: 'read' });
	await (await open(false)).send({ method: 'POST', path: '/things' });
	expect(sent).toHaveLength(3);
});

test.each<[string, Partial<PlainRequest>]>([
	['a change', { method: 'PUT', effect: 'write' }],
	['what is repeated like a read', { method: 'PUT', effect: 'read', heldInPreview: true }],
])('of what goes to a signed address, no more than the host: %s', async (_, more) => {
	const { open, sent } = opened();
	const client = await open();
	await expect(client.sendPlain({ url: 'https://storage.example/bucket/file?signature=abc', ...more })).rejects.toMatchObject({ failure: { reason: 'previewed' } });
	expect(client.preview?.toJson().requests).toMatchObject([{ method: 'PUT', url: 'https://storage.example/***' }]);
	expect(sent).toEqual([]);
});

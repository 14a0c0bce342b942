/**
 * A service that leads on to another host, in an n8n that doesn't know `maxRedirects` (older than about 2.29): of data, log-in and test
 * of a credential, nothing goes there.
 */
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';
import { exampleCredentials } from '../../demo/credentials.mts';
import { useLab } from './lab.mts';
import { load, type N8n } from '../support/n8n.mts';

interface OutboundHttp {
	requests(): { request: (options: IHttpRequestOptions) => Promise<unknown> };
}

const lab = useLab(1);
const services = ['accutics', 'endocs', 'ento', 'entu', 'smartconnect'];
/** A public key is fetched without anything of the credential, and may lie elsewhere. */
const SECRET = /authorization|x-api-key|password|token/i;
/** What a host that is not meant has received of the credential. */
const received: string[] = [];
let elsewhere: Server;
let address = '';

beforeAll(async () => {
	forgetMaxRedirects(lab.engine.n8n);
	elsewhere = createServer(({ url, headers }, response) => {
		const request = `${url} ${JSON.stringify(headers)}`;
		if (SECRET.test(request)) received.push(request);
		response.end('{}');
	});
	await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
	address = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/`;
});
beforeEach(() => {
	received.length = 0;
});
afterAll(() => void elsewhere.close());

/** Makes the loaded n8n send as older ones do. */
function forgetMaxRedirects({ service }: N8n): void {
	const core = createRequire(load.resolve('n8n-core'));
	const outbound = service((core('@n8n/backend-network') as { OutboundHttp: new () => OutboundHttp }).OutboundHttp);
	const requests = outbound.requests.bind(outbound);
	outbound.requests = (...args) => {
		const own = requests(...args);
		return { ...own, request: async (options) => await own.request({ ...options, maxRedirects: undefined }) };
	};
}

async function redirectAfter(skip: number): Promise<void> {
	const { control } = lab.bench;
	await control.clearFaults();
	for (const service of services) await control.fault({ service, skip, times: -1, fault: { type: 'redirect', status: 307, location: address } });
}

test.each(lab.all.map((subject) => [`${subject.node} ${subject.key}`, subject] as const))('%s', async (_name, subject) => {
	await lab.bench.fresh(subject);
	await redirectAfter(0);
	const run = await lab.bench.run(subject, { items: [subject.sample.items?.[0] ?? {}] });
	expect([received, run.error?.message]).toEqual([[], expect.stringMatching(/\S/)]);
});

test.each(exampleCredentials('').map(({ type }) => type))('the test of %s', async (type) => {
	const credential = () => (exampleCredentials(lab.bench.url).find((example) => example.type === type)?.data ?? {}) as ICredentialDataDecryptedObject;
	for (let skip = 0; skip < 3; skip++) {
		await redirectAfter(skip);
		const { message } = await lab.engine.testCredential(type, credential());
		expect([received, message]).toEqual([[], expect.stringMatching(/\S/)]);
	}
});

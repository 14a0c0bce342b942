/**
 * A service that leads on to another host, in an n8n that doesn't know `maxRedirects` (older than about 2.29): of data, log-in and test
 * of a credential, nothing goes there.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';
import { exampleCredentials } from '../../demo/credentials.mts';
import { useLab, type Bench } from './lab.mts';
import { load, type N8n } from '../support/n8n.mts';

interface OutboundHttp {
	requests(): { request: (options: IHttpRequestOptions) => Promise<unknown> };
}

const lab = useLab(6);
const services = ['accutics', 'endocs', 'ento', 'entu', 'smartconnect'];
/** A public key is fetched without anything of the credential, and may lie elsewhere. */
const SECRET = /authorization|x-api-key|password|token/i;
/** What a host that is not meant has received of the credential. */
const received: string[] = [];
const elsewhere = createServer(({ url, headers }, response) => {
	const request = `${url} ${JSON.stringify(headers)}`;
	if (SECRET.test(request)) received.push(request);
	response.end('{}');
});
/** Concurrent tests begin before any hook has run. */
let address: Promise<string> | undefined;
const addressElsewhere = async () => await (address ??= begin());
afterAll(() => void elsewhere.close());

async function begin(): Promise<string> {
	forgetMaxRedirects(lab.engine.n8n);
	await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
	return `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/`;
}

/** Makes the loaded n8n send as older ones do. */
function forgetMaxRedirects({ service }: N8n): void {
	const core = (load('node:module') as typeof import('node:module')).createRequire(load.resolve('n8n-core'));
	const outbound = service((core('@n8n/backend-network') as { OutboundHttp: new () => OutboundHttp }).OutboundHttp);
	const requests = outbound.requests.bind(outbound);
	outbound.requests = (...args) => {
		const own = requests(...args);
		return { ...own, request: async (options) => await own.request({ ...options, maxRedirects: undefined }) };
	};
}

async function redirectAfter(skip: number, { control }: Bench): Promise<void> {
	const location = await addressElsewhere();
	await control.clearFaults();
	for (const service of services) await control.fault({ service, skip, times: -1, fault: { type: 'redirect', status: 307, location } });
}

test.concurrent.each(lab.all.map((subject) => [`${subject.node} ${subject.key}`, subject] as const))('%s', async (_name, subject) => {
	const run = await lab.use(async (bench) => {
		await bench.fresh(subject);
		await redirectAfter(0, bench);
		return await bench.run(subject, { items: [subject.sample.items?.[0] ?? {}] });
	});
	expect([received, run.error?.message]).toEqual([[], expect.stringMatching(/\S/)]);
});

test.concurrent.each(exampleCredentials('').map(({ type }) => type))('the test of %s', async (type) => {
	for (let skip = 0; skip < 3; skip++) {
		const message = await lab.use(async (bench) => {
			await redirectAfter(skip, bench);
			const credential = exampleCredentials(bench.url).find((example) => example.type === type)?.data ?? {};
			return (await lab.engine.testCredential(type, credential as ICredentialDataDecryptedObject)).message;
		});
		expect([received, message]).toEqual([[], expect.stringMatching(/\S/)]);
	}
});

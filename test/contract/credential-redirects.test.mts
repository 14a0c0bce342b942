/** The test of every credential, when the service leads on to another host: nothing of the credential goes there. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { exampleCredentials } from '../../demo/credentials.mts';
import { useEngine } from '../support/engine.mts';
import { useSandbox } from '../support/sandbox.mts';

const engine = useEngine();
const sandbox = useSandbox();
const services = ['accutics', 'endocs', 'ento', 'entu', 'smartconnect'];
const types = exampleCredentials('').map(({ type }) => type);

/** What a host that is not meant has received. */
const received: string[] = [];
let elsewhere: Server;
let address = '';

beforeAll(async () => {
	elsewhere = createServer(({ url, headers }, response) => {
		received.push(`${url} ${JSON.stringify(headers)}`);
		response.end('{}');
	});
	await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
	address = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/`;
});
beforeEach(() => {
	received.length = 0;
});
afterAll(() => void elsewhere.close());

test('covers all credential types', () => {
	expect([...types].sort()).toEqual(engine.credentialNames.sort());
});

test.each(types)('%s, whichever of its requests is redirected', async (type) => {
	const count = async () => (await Promise.all(services.map(async (service) => await sandbox.control.journal(service)))).flat().length;
	const credential = () => (exampleCredentials(sandbox.url).find((example) => example.type === type)?.data ?? {}) as ICredentialDataDecryptedObject;
	expect(await engine.testCredential(type, credential())).toMatchObject({ status: 'OK' });
	const requests = await count();
	for (const status of [302, 307]) {
		for (let skip = 0; skip < requests; skip++) {
			await sandbox.control.clearFaults();
			for (const service of services) await sandbox.control.fault({ service, skip, times: -1, fault: { type: 'redirect', status, location: address } });
			const { message } = await engine.testCredential(type, credential());
			expect([received, message]).toEqual([[], expect.stringMatching(/\S/)]);
		}
	}
	expect(requests).toBeGreaterThan(0);
});

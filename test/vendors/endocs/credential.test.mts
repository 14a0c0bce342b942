import { visibleText } from '../../support/engine.mts';
import type { EndocsSettings } from '../../../sandbox/endocs/settings.mts';
import { known, useEndocs } from './endocs.mts';

const bench = useEndocs();
const test_ = async (changes = {}) => await bench.engine.testCredential('enDocsCloudApi', bench.typed(changes));

describe('the credential test', () => {
	test.each<[string, object, Partial<EndocsSettings>]>([
		['as it is', {}, {}],
		['pasted with "Bearer"', { apiToken: `Bearer ${known.token}` }, {}],
		['pasted with white space', { apiToken: `\n  bearer  ${known.token} \t` }, {}],
		['without "Bearer"', { sendAs: 'plain', apiToken: `Bearer ${known.token}` }, { tokenIn: 'plain' }],
		['in a header', { sendAs: 'header', headerName: ' X-Token ' }, { tokenIn: 'header' }],
	])('accepts a right token %s', async (_, credential, settings) => {
		await bench.settings(settings);
		expect(await test_(credential)).toEqual({ status: 'OK', message: 'Connection successful!' });
	});

	test('accepts a base URL with a path and slashes at the end', async () => {
		await bench.settings({ pathPrefix: 'api/v1' });
		expect(await test_({ baseUrl: ` ${bench.sandbox.url}/endocs/api/v1// ` })).toMatchObject({ status: 'OK' });
		expect(await test_()).toMatchObject({ status: 'Error', message: expect.stringContaining('base URL') });
	});

	test.each(['', 'api.endocs.cloud'])('refuses what is no web address: "%s"', async (baseUrl) => {
		expect(await test_({ baseUrl })).toMatchObject({ status: 'Error', message: expect.stringMatching(/base URL.*is no web address.*https:/) });
	});

	test.each(['introduction', 'endpointPages'] as const)('refuses a wrong token, and one sent in a wrong way, under the errors of "%s"', async (tokenErrors) => {
		await bench.settings({ tokenErrors });
		for (const changes of [{ apiToken: 'wrong-but-secret' }, { sendAs: 'plain' }, { sendAs: 'header', headerName: 'X-Other' }]) {
			const { status, message } = await test_(changes);
			expect(status).toBe('Error');
			expect(message).toContain("'Send Token As'");
			expect(message).toContain('«Копировать токен»');
			expect(message).not.toContain('wrong-but-secret');
		}
	});

	test('refuses what is answered with 200 and an error', async () => {
		await bench.settings({ errorForm: 'status200' });
		expect(await test_({ apiToken: 'wrong' })).toMatchObject({ status: 'Error', message: expect.stringContaining("'Send Token As'") });
		const fault = { type: 'status', status: 200, body: { error: { message: 'no' } } } as const;
		await bench.sandbox.control.fault({ service: 'endocs', path: 'GetClientUsers', times: 2, fault });
		expect(await test_()).toMatchObject({ status: 'Error', message: expect.stringContaining("'Send Token As'") });
	});

	test.each([
		[{ apiToken: '' }, 'holds no API token'],
		[{ apiToken: 'Bearer ' }, 'holds no API token'],
		[{ apiToken: 'токен' }, "can't be sent"],
		[{ sendAs: 'header' }, 'header name'],
		[{ sendAs: 'header', headerName: 'X Token' }, 'header name'],
	])('says what is wrong with %j before anything is sent', async (changes, words) => {
		expect(await test_(changes)).toMatchObject({ status: 'Error', message: expect.stringContaining(words) });
		expect((await bench.sandbox.control.summary('endocs')).requests).toBe(0);
	});
});

describe('in an execution', () => {
	const users = async (changes = {}) =>
		await bench.run('user', 'getAll', {}, { credentials: { enDocsCloudApi: bench.typed(changes) } });

	test.each<[string, object, Partial<EndocsSettings>, string, string]>([
		['Bearer', {}, {}, 'authorization', `Bearer ${known.token}`],
		['Plain', { sendAs: 'plain' }, { tokenIn: 'plain' }, 'authorization', known.token],
		['Custom Header', { sendAs: 'header', headerName: 'X-Api' }, { tokenIn: 'header', headerName: 'X-Api' }, 'x-api', known.token],
	])('the token travels as %s', async (_, credential, settings, header, value) => {
		await bench.settings(settings);
		const run = await users({ ...credential, apiToken: ` Bearer ${known.token}\n` });
		expect(run.error).toBeUndefined();
		expect((await bench.journal())[0]?.headers[header]).toBe(value);
	});

	test.each(['introduction', 'endpointPages'] as const)('a refused token is told as such, and not shown, under the errors of "%s"', async (tokenErrors) => {
		await bench.settings({ tokenErrors });
		for (const changes of [{ apiToken: ' Bearer wrong-but-secret ' }, { sendAs: 'plain' }]) {
			const run = await users(changes);
			expect(`${run.error?.message} ${run.error?.description}`).toContain("'Send Token As'");
			expect(visibleText(run)).not.toContain('wrong-but-secret');
			expect(visibleText(run)).not.toContain(known.token);
		}
	});

	test('the two documented codes become sentences, whatever their status', async () => {
		const answer = async (status: number, body: unknown) => {
			await bench.sandbox.control.fault({ service: 'endocs', fault: { type: 'status', status, body } });
			return (await users()).error;
		};
		expect((await answer(400, 'No token received ( #err-30)'))?.message).toContain('received no token with the request (#err-30)');
		for (const status of [200, 400, 401, 500]) {
			const error = await answer(status, { error: 'Could not find any client for this token ( #err-40)' });
			expect(error?.message).toContain('knows no client with this token (#err-40)');
			expect(error?.description).toContain('«Копировать токен»');
		}
		expect((await answer(400, 'Лимит файлов ( #err-77)'))?.message).toContain('EnDocs Cloud answered: Лимит файлов ( #err-77)');
	});

	test('a token that the service repeats is masked, also as it is sent', async () => {
		await bench.sandbox.control.fault({ service: 'endocs', fault: { type: 'status', status: 400, body: `Bad token ${known.token}` } });
		const run = await users({ apiToken: `  Bearer ${known.token}` });
		expect(run.error?.message).toContain('Bad token ***');
		expect(visibleText(run)).not.toContain(known.token);
	});

	test('a credential that cannot be sent is told as such, and nothing is sent', async () => {
		for (const run of [await users({ apiToken: ' ' }), await bench.run('contractor', 'upsert', { extId: 'C-1', name: 'ООО' }, { credentials: { enDocsCloudApi: bench.typed({ apiToken: ' ' }) } })]) {
			expect(run.error?.message).toContain('holds no API token');
			expect(run.error?.message).not.toContain('may have been carried out');
		}
		expect((await bench.sandbox.control.summary('endocs')).requests).toBe(0);
	});
});

test('the HTTP Request node of n8n sends the token to its own host only', async () => {
	const ask = async (url: string) =>
		await bench.engine.runNode({
			node: 'n8n-nodes-base.httpRequest',
			parameters: { url, authentication: 'predefinedCredentialType', nodeCredentialType: 'enDocsCloudApi', options: {} },
			credentials: { enDocsCloudApi: bench.engine.credentials.add('enDocsCloudApi', bench.typed()) },
		});
	expect((await ask(`${bench.sandbox.url}/endocs/Output/GetClientUsers`)).error).toBeUndefined();
	expect((await ask(`${bench.sandbox.storageUrl}/endocs/Output/GetClientUsers`)).error?.message).toContain(`The token of this credential is sent to ${bench.sandbox.url} only`);
});

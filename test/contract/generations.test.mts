/** What every operation, look-up and credential must look like to older engines of n8n as well; their rules are in `test/support/generations.mts`. */
import type { IAdditionalCredentialOptions, ICredentialDataDecryptedObject, IDataObject, IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';
import { exampleCredentials } from '../../demo/credentials.mts';
import { known as entu } from '../../sandbox/entu/seed-known.mts';
import { known as smartConnect } from '../../sandbox/smartconnect/seed.mts';
import type { MethodResults } from '../support/engine.mts';
import { generations } from '../support/generations.mts';
import { pairs, useLab, type Subject } from './lab.mts';
import { samples } from './samples/index.mts';

const lab = useLab(2);

describe('the rules', () => {
	const item = (json: IDataObject) => ({ json });
	const details = { status: 404 };

	test.each<[string, IDataObject, boolean, boolean]>([
		['an error alone', { error: 'No' }, true, true],
		['an error with a message', { error: 'No', message: 'Not found' }, true, true],
		['an error with details as its message', { error: 'No', message: details }, true, true],
		['an error with details', { error: 'No', details }, false, true],
		['an error with both', { error: 'No', message: 'Not found', details }, false, true],
		['an error with an empty message', { error: 'No', message: '' }, false, true],
		['an error among other fields', { error: 'No', id: 1 }, false, false],
		['a message alone', { message: 'Hello' }, false, false],
		['an empty error', { error: '' }, false, false],
	])('%s', (_name, json, before, now) => {
		expect(generations.map(({ isFailed }) => isFailed(item(json)))).toEqual([before, before, now]);
	});

	test('the last of them are those of the engine that the tests run on', async () => {
		const shapes: IDataObject[] = [{ error: 'No' }, { error: 'No', message: 'm' }, { error: 'No', details }, { error: 'No', id: 1 }, { message: 'm' }];
		const code = `return ${JSON.stringify(shapes.map((json) => ({ json })))};`;
		const run = await lab.engine.runNode({ node: 'n8n-nodes-base.code', version: 2, parameters: { jsCode: code }, onError: 'continueErrorOutput' });
		const failed = shapes.filter((json) => generations.at(-1)?.isFailed(item(json)));
		expect(run.outputs[1]?.map(({ json }) => json)).toEqual(failed);
	});
});

test('an item that failed leaves by the error output of every generation, the others by none', async () => {
	const failing = lab.all.filter(({ sample }) => sample.bad);
	const wrong = await lab.each(failing, async (subject, bench) => {
		const [first = {}, , last = {}] = subject.sample.items ?? [];
		await bench.fresh(subject);
		const { outputs } = await bench.run(subject, { items: [first, subject.sample.bad ?? {}, last], onError: 'continueRegularOutput' });
		return generations.flatMap(({ name, isFailed }) => {
			const failed = pairs((outputs[0] ?? []).filter(isFailed));
			return failed.length === 1 && failed[0] === 1 ? [] : [`${nameOf(subject)} in ${name}: ${JSON.stringify(failed)}`];
		});
	});
	expect(failing.length).toBeGreaterThan(20);
	expect(wrong.flat()).toEqual([]);
}, 120_000);

/** A request as one of our nodes or credentials asked n8n to send it. */
interface Asked {
	by: string;
	options: IHttpRequestOptions;
}

describe('no generation follows a redirect', () => {
	const asked: Asked[] = [];
	const restores: (() => void)[] = [];

	beforeAll(() => {
		for (const node of lab.engine.nodeNames) {
			const type = lab.engine.nodeType(node);
			const watch = (methods: Record<string, unknown>, name: string, nameCall: (context: IExecuteFunctions) => string) => restores.push(watched(methods, name, asked, nameCall));
			watch(type as unknown as Record<string, unknown>, 'execute', (context) => `${node} ${String(context.getNodeParameter('resource', 0))}:${String(context.getNodeParameter('operation', 0))}`);
			for (const methods of Object.values(type.methods ?? {})) for (const name of Object.keys(methods)) watch(methods as Record<string, unknown>, name, () => `${node} ${name}`);
		}
		for (const name of lab.engine.credentialNames) {
			const type = lab.engine.credentialType(name) as unknown as Record<string, unknown>;
			if (type.preAuthentication) restores.push(watched(type, 'preAuthentication', asked, () => `${name} preAuthentication`));
		}
	});
	beforeEach(() => {
		asked.length = 0;
	});
	afterAll(() => {
		for (const restore of restores) restore();
	});

	test('with a request of an operation', async () => {
		await lab.each(lab.all, async (subject, bench) => {
			await bench.fresh(subject);
			await bench.run(subject, { items: [subject.sample.items?.[0] ?? {}] });
		});
		const names = new Set(asked.map(({ by }) => by));
		expect(lab.all.map(nameOf).filter((name) => !names.has(name))).toEqual([]);
		expect(followed(asked)).toEqual([]);
	}, 120_000);

	test('with a request of a look-up', async () => {
		const fields = lab.engine.nodeNames.flatMap((node) => {
			const { listSearch = {}, loadOptions = {}, resourceMapping = {} } = lab.engine.nodeType(node).methods ?? {};
			return Object.entries({ listSearch, loadOptions, resourceMapping }).flatMap(([kind, methods]) => Object.keys(methods).map((method) => ({ node, kind: kind as keyof MethodResults, method })));
		});
		for (const { node, kind, method } of fields) {
			const own = samples[node];
			const credential = own?.credential(lab.bench.url) ?? {};
			const parameters = { ...own?.common, typeId: byId(entu.typeBook), entityId: byId(entu.book), integrationId: byId(smartConnect.priceList) };
			await lab.engine.callMethod({ node, kind, method, parameters, credentials: { [own?.credentialType ?? '']: credential } }).catch(() => undefined);
		}
		const names = new Set(asked.map(({ by }) => by));
		expect(fields.map(({ node, method }) => `${node} ${method}`).filter((name) => !names.has(name))).toEqual([]);
		expect(followed(asked)).toEqual([]);
	});

	test('with a request of a credential', async () => {
		const examples = exampleCredentials(lab.bench.url);
		for (const { type, data } of examples) expect(await lab.engine.testCredential(type, data as ICredentialDataDecryptedObject)).toMatchObject({ status: 'OK' });
		expect(new Set(asked.map(({ by }) => by)).size).toBe(examples.length);
		const tests = examples.map(({ type }) => ({ by: `${type} test`, options: (lab.engine.credentialType(type).test?.request ?? {}) as IHttpRequestOptions }));
		expect(followed([...asked, ...tests])).toEqual([]);
	});
});

/** Puts a method in the place of another that notes every request it asks for; returns what puts the first one back. */
function watched(methods: Record<string, unknown>, name: string, asked: Asked[], nameCall: (context: IExecuteFunctions) => string): () => void {
	const original = methods[name] as (this: unknown, ...args: unknown[]) => Promise<unknown>;
	methods[name] = async function (this: IExecuteFunctions, ...args: unknown[]): Promise<unknown> {
		const by = nameCall(this);
		const { httpRequest, httpRequestWithAuthentication } = this.helpers;
		const helpers = {
			...this.helpers,
			httpRequest: async (options: IHttpRequestOptions): Promise<unknown> => {
				asked.push({ by, options: { ...options } });
				return (await httpRequest(options)) as unknown;
			},
			async httpRequestWithAuthentication(this: IExecuteFunctions, type: string, options: IHttpRequestOptions, more?: IAdditionalCredentialOptions): Promise<unknown> {
				asked.push({ by, options: { ...options } });
				return (await httpRequestWithAuthentication.call(this, type, options, more)) as unknown;
			},
		};
		const context = new Proxy(this, { get: (target, key) => (key === 'helpers' ? helpers : (Reflect.get(target, key, target) as unknown)) });
		return await original.call(context, ...args);
	};
	return () => (methods[name] = original);
}

/** The requests that an engine would let a redirect lead elsewhere. */
function followed(asked: readonly Asked[]): string[] {
	const found = asked.flatMap(({ by, options }) => generations.filter(({ followsRedirects }) => followsRedirects(options)).map(({ name }) => `${by} in ${name}`));
	return [...new Set(found)];
}

const nameOf = ({ node, key }: Subject): string => `${node} ${key}`;
const byId = (value: string) => ({ __rl: true, mode: 'id', value });

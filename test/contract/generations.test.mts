/** What every operation, look-up and credential must look like to older engines of n8n as well; their rules are in `test/support/generations.mts`. */
import type { ICredentialDataDecryptedObject, IDataObject, IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';
import { exampleCredentials } from '../../demo/credentials.mts';
import type { Fault } from '../../sandbox/client.mts';
import { known as entu } from '../../sandbox/entu/seed-known.mts';
import { known as smartConnect } from '../../sandbox/smartconnect/seed.mts';
import type { MethodResults } from '../support/engine.mts';
import { generations } from '../support/generations.mts';
import { mistakesIn } from '../support/mistakes.mts';
import { giveHelpers } from '../support/other-helpers.mts';
import { entered, pairs, useLab, type Bench, type Subject } from './lab.mts';
import { samples } from './samples/index.mts';

const lab = useLab(5);
const nameOf = ({ node, key }: Subject): string => `${node} ${key}`;
/** The panel that the look-ups of a node are asked from. */
const PANELS: Readonly<Record<string, string>> = { accutics: 'entity:getAll', enDocsCloud: 'document:getAll', ento: 'shift:getAll', entu: 'entity:getAll', smartConnect: 'run:getAll' };
/** Look-ups that ask nobody: their answer stands in the credential, or there is no operation to ask with. */
const ASKS_NOBODY = /^accutics(Trigger)? searchEndpoints$|Trigger getOutputFields$/;
const LOG_IN = '^(/auth|/API/GetToken)';
const NO_LOG_IN = '^(?!/auth|/login|/API/GetToken|/API/validate)';

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

describe('a fault of the network reads the same where n8n loses the cause of its errors', () => {
	/** An operation of each way into a service that reads, and one that writes. */
	const keys = ['accutics entity:getAll', 'accutics entity:create', 'enDocsCloud user:getAll', 'enDocsCloud contractor:upsert', 'ento employee:getAll', 'ento record:create', 'entu entity:getAll', 'entu entity:create', 'smartConnect integration:getColumns', 'smartConnect integration:run'];
	const subjects = lab.all.filter((subject) => keys.includes(nameOf(subject)));
	const everywhere = async ({ control }: Bench, { samples: { service } }: Subject, fault: Fault, path?: string) => void (await control.fault({ service, times: -1, fault, ...(path ? { path } : {}) }));
	const HANGING = 'service that hangs';
	const damaged: Fault = { type: 'status', status: 200, headers: { 'content-encoding': 'gzip' }, body: 'no gzip' };
	const faults: Record<string, (bench: Bench, subject: Subject) => Promise<void>> = {
		'closed connection': async (bench, subject) => await everywhere(bench, subject, { type: 'reset', when: 'before' }),
		[HANGING]: async (bench, subject) => await everywhere(bench, subject, { type: 'hang', when: 'before' }, NO_LOG_IN),
		'answer that is cut': async (bench, subject) => await everywhere(bench, subject, { type: 'cut' }, NO_LOG_IN),
		'answer that is damaged': async (bench, subject) => await everywhere(bench, subject, damaged, NO_LOG_IN),
		'log-in that is down': async (bench, subject) => await everywhere(bench, subject, { type: 'status', status: 502 }, LOG_IN),
		'log-in that is damaged': async (bench, subject) => await everywhere(bench, subject, damaged, LOG_IN),
		'log-in that is refused': async (bench, subject) => await everywhere(bench, subject, { type: 'status', status: 401 }, LOG_IN),
	};

	test('all of them are tried', () => expect(subjects.map(nameOf).sort()).toEqual([...keys].sort()));

	test.each(Object.keys(faults))('%s', async (name) => {
		const attempt = async (subject: Subject, bench: Bench) => {
			await bench.fresh(subject);
			if (subject.samples.sessions) await bench.control.expireSessions(subject.samples.service);
			await faults[name]?.(bench, subject);
			const { outputs } = await bench.run(subject, { items: [subject.sample.items?.[0] ?? {}], onError: 'continueRegularOutput', parameters: { options: { timeout: name === HANGING ? 1000 : 30_000 } } });
			return { name: nameOf(subject), items: outputs[0]?.map(({ json }) => json), requests: (await bench.summary(subject)).requests };
		};
		const kept = await lab.each(subjects, attempt);
		const restores = lab.engine.nodeNames.map((node) => loseCauses(lab.engine.nodeType(node) as unknown as Record<string, unknown>));
		try {
			expect(await lab.each(subjects, attempt)).toEqual(kept);
		} finally {
			for (const restore of restores) restore();
		}
	}, 300_000);
});

describe('the test of a credential says the same where n8n loses the cause of its errors', () => {
	const troubles: Record<string, Fault> = { 'status 500': { type: 'status', status: 500 }, 'status 502': { type: 'html', status: 502 }, 'a web page': { type: 'html', status: 200 }, 'a closed connection': { type: 'reset', when: 'before' } };

	test.each(exampleCredentials('').map(({ type }) => type))('%s', async (type) => {
		const { control } = lab.bench;
		const { data = {} } = exampleCredentials(lab.bench.url).find((example) => example.type === type) ?? {};
		const { properties } = lab.engine.credentialType(type);
		const both = async (changes: IDataObject = {}) => {
			const told = async (keepsCause: boolean) => await lab.engine.testCredential(type, { ...data, ...changes } as ICredentialDataDecryptedObject, { keepsCause });
			return [await told(true), await told(false)];
		};
		await control.reset();
		const seen = [];
		for (const { name, changes } of mistakesIn(properties, data, 'http://127.0.0.1:1')) seen.push({ name, results: await both(changes) });
		for (const [name, fault] of Object.entries(troubles)) {
			for (const service of ['accutics', 'endocs', 'ento', 'entu', 'smartconnect']) await control.fault({ service, times: -1, fault });
			seen.push({ name, results: await both() });
			await control.clearFaults();
		}
		expect(seen.length).toBeGreaterThan(5);
		for (const { name, results } of seen) expect([name, results[1]]).toEqual([name, results[0]]);
	});
});

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
			const panel = lab.all.find((subject) => subject.node === node && subject.key === PANELS[node]);
			const parameters = { ...own?.common, ...(panel ? entered(panel) : {}), ...(node === 'entu' && method !== 'getOutputFields' ? { resource: 'property', operation: 'delete' } : {}), typeId: byId(entu.typeBook), entityId: byId(entu.book), valueBy: 'property', propertyName: 'name', integrationId: byId(smartConnect.priceList) };
			await lab.engine.callMethod({ node, kind, method, parameters, credentials: { [own?.credentialType ?? '']: credential } }).catch(() => undefined);
		}
		const names = new Set(asked.map(({ by }) => by));
		expect(fields.map(({ node, method }) => `${node} ${method}`).filter((name) => !names.has(name) && !ASKS_NOBODY.test(name))).toEqual([]);
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

/** Lets a method note every request it asks for; returns what ends that. */
function watched(methods: Record<string, unknown>, name: string, asked: Asked[], nameCall: (context: IExecuteFunctions) => string): () => void {
	return giveHelpers(methods, name, ({ httpRequest, httpRequestWithAuthentication }, context) => {
		const by = nameCall(context);
		return {
			httpRequest: async (options) => {
				asked.push({ by, options: { ...options } });
				return await httpRequest(options);
			},
			async httpRequestWithAuthentication(type, options, more) {
				asked.push({ by, options: { ...options } });
				return await httpRequestWithAuthentication.call(this, type, options, more);
			},
		};
	});
}

/** Lets a node meet errors as an n8n that loses their cause throws them; returns what ends that. */
function loseCauses(methods: Record<string, unknown>): () => void {
	return giveHelpers(methods, 'execute', ({ httpRequest, httpRequestWithAuthentication }) => ({
		httpRequest,
		async httpRequestWithAuthentication(type, options, more) {
			try {
				return await httpRequestWithAuthentication.call(this, type, options, more);
			} catch (error) {
				throw Object.assign(error as Error, { cause: undefined });
			}
		},
	}));
}

/** The requests that an engine would let a redirect lead elsewhere. */
function followed(asked: readonly Asked[]): string[] {
	const found = asked.flatMap(({ by, options }) => generations.filter(({ followsRedirects }) => followsRedirects(options)).map(({ name }) => `${by} in ${name}`));
	return [...new Set(found)];
}

const byId = (value: string) => ({ __rl: true, mode: 'id', value });

/**
 * Runs operations against several sandboxes at once, so that waiting (for retries, time-outs) costs little time in all.
 *
 * ```ts
 * const lab = useLab(6);
 * test.concurrent.each(cases)('%s', async (one) => await lab.use(async (bench) => { … }));   // six at once, each on its own bench
 * ```
 */
import type { ICredentialDataDecryptedObject, IDataObject, INodeExecutionData, INodeParameters, INodePropertyOptions, OnError } from 'n8n-workflow';
import type { Entry, Summary } from '../../sandbox/client.mts';
import { useEngine, visibleText, type Engine, type NodeRun, type NodeRunOptions, type StoredCredential, type ToolRun } from '../support/engine.mts';
import { sandboxOfWorker, type Sandbox } from '../support/sandbox.mts';
import { furtherSamples, samples } from './samples/index.mts';
import type { NodeSamples, OperationSample } from './samples/sample.mts';

/** One operation of one node, and how to call it. */
export interface Subject {
	readonly node: string;
	readonly key: string;
	readonly resource: string;
	readonly operation: string;
	readonly samples: NodeSamples;
	readonly sample: OperationSample;
}

export interface Trial {
	readonly items?: readonly IDataObject[];
	readonly parameters?: INodeParameters;
	readonly onError?: OnError;
	readonly credential?: ICredentialDataDecryptedObject;
	readonly cancelAfterMs?: number;
	/** Version of the node. Default: the newest. */
	readonly version?: number;
	/** Time zone of the workflow. */
	readonly timezone?: string;
	/** n8n's setting 'Retry On Fail', without a wait to speak of between the tries. */
	readonly maxTries?: number;
}

/** Every operation that the built package offers, and those of them that have a sample on further data too; those without any are in `missing`. */
export function subjects(engine: Engine): { all: Subject[]; further: Subject[]; missing: string[] } {
	const all: Subject[] = [];
	const further: Subject[] = [];
	const missing: string[] = [];
	// The second run, with Entu's server of July, is about the Entu node alone.
	const nodes = engine.nodeNames.filter((node) => node === 'entu' || process.env.ENTU_GENERATION !== 'july');
	for (const node of nodes) {
		for (const { resource, operation } of operationsOf(engine, node)) {
			const key = `${resource}:${operation}`;
			const known = samples[node];
			const sample = known?.operations[key];
			if (sample?.laterOnly && process.env.ENTU_GENERATION === 'july') continue;
			if (known && sample) all.push({ node, key, resource, operation, samples: known, sample });
			else missing.push(`${node} ${key}`);
			for (const others of furtherSamples[node] ?? []) {
				const other = others.operations[key];
				if (other) further.push({ node, key, resource, operation, samples: others, sample: other });
			}
		}
	}
	return { all, further, missing };
}

/** The samples whose outputs make the previews, one for each operation. */
export function previewed({ all, further }: { all: readonly Subject[]; further: readonly Subject[] }): Subject[] {
	const better = (subject: Subject) => further.find(({ node, key, sample }) => node === subject.node && key === subject.key && sample.preview);
	return all.map((subject) => better(subject) ?? subject);
}

function operationsOf(engine: Engine, node: string): Array<{ resource: string; operation: string }> {
	const { properties, group } = engine.nodeType(node).description;
	if (group.includes('trigger')) return [];
	const lists = properties.filter(({ name }) => name === 'operation');
	const found = lists.flatMap(({ displayOptions, options = [] }) =>
		(displayOptions?.show?.resource ?? []).flatMap((resource) =>
			(options as INodePropertyOptions[]).map(({ value }) => ({ resource: String(resource), operation: String(value) })),
		),
	);
	return [...new Map(found.map((entry) => [`${entry.resource}:${entry.operation}`, entry])).values()];
}

/** One sandbox with a credential of its own for each service. */
export class Bench {
	private readonly credentials = new Map<string, StoredCredential>();

	constructor(
		private readonly engine: Engine,
		private readonly sandbox: Pick<Sandbox, 'url' | 'control'>,
	) {}

	/** Of its sandbox. */
	get url(): string {
		return this.sandbox.url;
	}

	get control(): Sandbox['control'] {
		return this.sandbox.control;
	}

	/** Puts the service back to its first state, and the credential to one that has logged in. */
	async fresh({ samples: { service, credentialType, credential } }: Subject): Promise<StoredCredential> {
		await this.control.reset(service);
		// A row of its own each time: limits, and what is known of a service, are kept by credential, and one test must leave nothing to the next.
		const row = this.engine.credentials.add(credentialType, credential(this.sandbox.url));
		this.credentials.set(credentialType, row);
		return row;
	}

	async run(subject: Subject, trial: Trial = {}): Promise<NodeRun> {
		const items = await this.items(subject.sample, trial.items ?? subject.sample.items ?? [{}, {}, {}]);
		return await this.engine.runNode({ ...this.settings(subject, trial), items });
	}

	/** Runs an operation as an agent does that was given `args` by its model. */
	async runAsTool(subject: Subject, args: IDataObject, trial: Trial = {}): Promise<ToolRun> {
		return await this.engine.runAsTool({ ...this.settings(subject, trial), args });
	}

	private settings({ node, resource, operation, sample, samples: own }: Subject, trial: Trial): Omit<NodeRunOptions, 'items'> {
		const row = this.credentials.get(own.credentialType);
		if (!row) throw new Error('Call fresh first');
		const { options: sampleOptions, ...parameters } = { ...own.common, ...sample.parameters } as IDataObject;
		const { options: trialOptions, ...more } = (trial.parameters ?? {}) as IDataObject;
		const options = { ...(sampleOptions as IDataObject), ...(trialOptions as IDataObject) };
		return {
			node,
			parameters: { resource, operation, ...parameters, ...more, options } as INodeParameters,
			credentials: { [own.credentialType]: trial.credential ? { ...row.data, ...trial.credential } : row },
			onError: trial.onError,
			cancelAfterMs: trial.cancelAfterMs,
			...(trial.version === undefined ? {} : { version: trial.version }),
			...(trial.timezone ? { settings: { timezone: trial.timezone } } : {}),
			...(trial.maxTries ? { retryOnFail: true, maxTries: trial.maxTries, waitBetweenTries: 1 } : {}),
		};
	}

	async journal({ samples: { service } }: Subject): Promise<Entry[]> {
		return await this.control.journal(service);
	}

	async summary({ samples: { service } }: Subject): Promise<Summary> {
		return await this.control.summary(service);
	}

	private async items(sample: OperationSample, list: readonly IDataObject[]): Promise<INodeExecutionData[]> {
		const { file } = sample;
		if (!file) return list.map((json) => ({ json }));
		const content = Buffer.from(file.content);
		return await Promise.all(
			list.map(async (json) => await this.engine.binaryItem(content, { fileName: file.name, mimeType: file.type, json })),
		);
	}
}

/** Several benches for a Jest file: one runs from the start, the others from when they are needed. */
export function useLab(size: number) {
	const engine = useEngine();
	const benches: Bench[] = [];
	const pool = new Pool(size, async (number) => {
		const bench = new Bench(engine, await sandboxOfWorker(number));
		benches[number] = bench;
		return bench;
	});
	beforeAll(async () => await pool.use(async () => undefined), 60_000);
	return {
		engine,
		...subjects(engine),
		get bench(): Bench {
			if (!benches[0]) throw new Error('The sandbox runs only while tests run');
			return benches[0];
		},
		/** Does work on a bench that nobody else uses meanwhile; waits for one. */
		use: async <R,>(work: (bench: Bench) => Promise<R>): Promise<R> => await pool.use(work),
		/** All jobs, as many at once as there are benches; results in the order of the jobs. */
		each: async <J, R>(jobs: readonly J[], work: (job: J, bench: Bench) => Promise<R>): Promise<R[]> =>
			await Promise.all(jobs.map(async (job) => await pool.use(async (bench) => await work(job, bench)))),
	};
}

/** So many things that are lent out one at a time, each made when all before it are out. */
class Pool<T> {
	private readonly free: T[] = [];
	private readonly waiting: Array<(thing: T) => void> = [];
	private made = 0;

	constructor(
		private readonly size: number,
		private readonly make: (number: number) => Promise<T>,
	) {}

	async use<R>(work: (thing: T) => Promise<R>): Promise<R> {
		const thing = await this.take();
		try {
			return await work(thing);
		} finally {
			const next = this.waiting.shift();
			if (next) next(thing);
			else this.free.push(thing);
		}
	}

	private async take(): Promise<T> {
		const thing = this.free.pop();
		if (thing !== undefined) return thing;
		if (this.made < this.size) return await this.make(this.made++);
		return await new Promise((resolve) => this.waiting.push(resolve));
	}
}

/** What a reader needs to see in one place: everything a person could see of a run, and whether a secret is in it. */
export function leaks({ samples: { secrets, revealing = [] }, key }: Subject, run: NodeRun): string[] {
	const text = visibleText(run);
	const tokens = revealing.includes(key) ? [] : [...text.matchAll(/eyJ[\w-]+\.[\w-]+\.[\w-]+/g)].map(([token]) => token);
	return [...secrets.filter((secret) => text.includes(secret)), ...tokens];
}

/** What stands in the panel of an operation: in the editor there are no items, so what is taken from one stands there as it is in the first. */
export function entered({ resource, operation, sample, samples }: Subject): INodeParameters {
	const item = sample.items?.[0] ?? {};
	return { resource, operation, ...samples.common, ...(filledIn(sample.parameters ?? {}, item) as INodeParameters) };
}

function filledIn(value: unknown, item: IDataObject): unknown {
	if (typeof value === 'string' && value.startsWith('={{')) return (new Function('$json', `return (${value.slice(3, -2)})`) as (json: IDataObject) => unknown)(item);
	if (Array.isArray(value)) return value.map((entry) => filledIn(entry, item));
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, filledIn(entry, item)]));
}

/** How often something was changed, by kind of effect: all but log-ins. */
export function changesIn({ effects }: Summary): Record<string, number> {
	return Object.fromEntries(Object.entries(effects).filter(([kind]) => kind !== 'login'));
}

/** The item each output item comes from. */
export function pairs(items: readonly INodeExecutionData[] = []): unknown[] {
	return items.map(({ pairedItem }) => (pairedItem as { item: number }).item);
}

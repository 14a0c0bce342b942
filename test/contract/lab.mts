/** Runs operations against several sandboxes at once, so that waiting (for retries, time-outs) costs little time in all. */
import type { ICredentialDataDecryptedObject, IDataObject, INodeExecutionData, INodeParameters, INodePropertyOptions, OnError } from 'n8n-workflow';
import { spawnSandbox, type Entry, type SpawnedSandbox, type Summary } from '../../sandbox/client.mts';
import { useEngine, visibleText, type Engine, type NodeRun, type NodeRunOptions, type StoredCredential, type ToolRun } from '../support/engine.mts';
import { samples } from './samples/index.mts';
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
}

/** Every operation that the built package offers; those without a sample are in `missing`. */
export function subjects(engine: Engine): { all: Subject[]; missing: string[] } {
	const all: Subject[] = [];
	const missing: string[] = [];
	for (const node of engine.nodeNames) {
		for (const { resource, operation } of operationsOf(engine, node)) {
			const key = `${resource}:${operation}`;
			const known = samples[node];
			const sample = known?.operations[key];
			if (known && sample) all.push({ node, key, resource, operation, samples: known, sample });
			else missing.push(`${node} ${key}`);
		}
	}
	return { all, missing };
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
		private readonly sandbox: SpawnedSandbox,
	) {}

	get control(): SpawnedSandbox['control'] {
		return this.sandbox.control;
	}

	get url(): string {
		return this.sandbox.url;
	}

	/** Puts the service back to its first state, and the credential to one that has logged in. */
	async fresh({ samples: { service, credentialType, credential, sessions } }: Subject): Promise<StoredCredential> {
		await this.control.reset(service);
		const known = this.credentials.get(credentialType);
		if (!known || !sessions) {
			// A row of its own each time: the limits of a service are kept by credential, and one test must not use up those of the next.
			const row = this.engine.credentials.add(credentialType, credential(this.sandbox.url));
			this.credentials.set(credentialType, row);
			return row;
		}
		// A reset forgets sessions, so that a stored token would be a stale one.
		known.data = credential(this.sandbox.url);
		known.logins = 0;
		return known;
	}

	async run(subject: Subject, trial: Trial = {}): Promise<NodeRun> {
		const items = await this.items(subject.sample, trial.items ?? subject.sample.items ?? [{}, {}, {}]);
		return await this.engine.runNode({ ...this.settings(subject, trial), items });
	}

	/** Runs an operation as an agent does that was given `args` by its model. */
	async runAsTool(subject: Subject, args: IDataObject): Promise<ToolRun> {
		return await this.engine.runAsTool({ ...this.settings(subject, {}), args });
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
		};
	}

	async journal({ samples: { service } }: Subject): Promise<Entry[]> {
		return await this.control.journal(service);
	}

	async summary({ samples: { service } }: Subject): Promise<Summary> {
		return await this.control.summary(service);
	}

	async stop(): Promise<void> {
		await this.sandbox.stop();
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

/** Several benches for a Jest file; `each` does work on whichever is free. */
export function useLab(size: number) {
	const engine = useEngine();
	let benches: Bench[] = [];
	beforeAll(async () => {
		const sandboxes = await Promise.all(Array.from({ length: size }, async () => await spawnSandbox()));
		benches = sandboxes.map((sandbox) => new Bench(engine, sandbox));
	}, 60_000);
	afterAll(async () => {
		await Promise.all(benches.map(async (bench) => await bench.stop()));
	});
	return {
		engine,
		...subjects(engine),
		get bench(): Bench {
			if (!benches[0]) throw new Error('The sandbox runs only while tests run');
			return benches[0];
		},
		/** All jobs, as many at once as there are benches; results in the order of the jobs. */
		async each<J, R>(jobs: readonly J[], work: (job: J, bench: Bench) => Promise<R>): Promise<R[]> {
			const results: R[] = [];
			let next = 0;
			const worker = async (bench: Bench): Promise<void> => {
				for (let i = next++; i < jobs.length; i = next++) results[i] = await work(jobs[i] as J, bench);
			};
			await Promise.all(benches.map(worker));
			return results;
		},
	};
}

/** What a reader needs to see in one place: everything a person could see of a run, and whether a secret is in it. */
export function leaks({ samples: { secrets, revealing = [] }, key }: Subject, run: NodeRun): string[] {
	const text = visibleText(run);
	const tokens = revealing.includes(key) ? [] : [...text.matchAll(/eyJ[\w-]+\.[\w-]+\.[\w-]+/g)].map(([token]) => token);
	return [...secrets.filter((secret) => text.includes(secret)), ...tokens];
}

/** The item each output item comes from. */
export function pairs(items: readonly INodeExecutionData[] = []): unknown[] {
	return items.map(({ pairedItem }) => (pairedItem as { item: number }).item);
}

/**
 * A model of how n8n treats a polling trigger, as tried in a whole n8n 2.41.1, for thousands of random schedules in no time. It is no evidence for
 * what n8n does (that is what test/e2e is for), but for what the kit makes of it.
 *
 * What it leaves out: a kill between n8n's two writes (state and execution), and one between publishing and the first poll under the durable
 * scheduler: no node can close these gaps.
 */
import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import type { PollTrigger } from '../../../nodes/shared/trigger/event';
import type { Kit } from './kit.mts';

/** n8n's two ways to poll: timers in memory, whose state is stored with an emission only; and jobs in the database, with a state of their own. */
export type Scheduler = 'memory' | 'durable';
type Activation = 'activate' | 'update' | 'init';

const TRIES_AT_START = 5;

interface Registration {
	readonly activation: Activation;
	readonly data: Watched;
	readonly context: IPollFunctions;
}

/** Static data as n8n watches it: what is assigned is noticed, what is written into something assigned before is not. */
class Watched {
	isChanged = false;
	readonly data: IDataObject;

	constructor(stored: string) {
		this.data = new Proxy(JSON.parse(stored) as IDataObject, {
			set: (target, name, value) => {
				this.isChanged = true;
				return Reflect.set(target, name, value);
			},
		});
	}

	get text(): string {
		return JSON.stringify(this.data);
	}
}

export class N8nModel {
	/** What the workflow was started with, item by item. */
	readonly items: IDataObject[] = [];
	private stored = '{}';
	private polls = 0;
	private memory: InstanceType<Kit['PollMemory']>;
	private registration: Registration | undefined;
	/** Counts processes and registrations: what belongs to an older one is dropped. */
	private generation = 0;

	constructor(
		private readonly kit: Kit,
		private readonly trigger: PollTrigger,
		private readonly scheduler: Scheduler,
		private readonly parameters: IDataObject,
	) {
		this.memory = this.newMemory();
	}

	/** Publishing begins a registration with one poll; one that fails leaves the trigger unregistered. */
	async publish(activation: Activation): Promise<void> {
		this.unpublish();
		const { generation } = this;
		for (let attempt = 1; attempt <= TRIES_AT_START && generation === this.generation; attempt++) {
			const registration = this.register(activation);
			try {
				const items = await this.poll(registration);
				if (generation !== this.generation) return;
				this.registration = registration;
				this.emit(registration, items, true);
				return;
			} catch {
				if (generation === this.generation) this.save(registration);
			}
		}
	}

	unpublish(): void {
		this.generation++;
		this.registration = undefined;
	}

	/** One tick of the clock. Ticks may overlap. */
	async tick(): Promise<void> {
		const { generation } = this;
		const current = this.registration;
		if (!current) return;
		const registration = this.scheduler === 'durable' ? this.register('update') : current;
		try {
			const items = await this.poll(registration);
			if (generation === this.generation) this.emit(registration, items, false);
		} catch {
			// A failed execution for the user; the next tick comes as usual. The durable scheduler drops what was written.
		}
	}

	/** The process ends at once, with all polls in it, and starts again. */
	kill(): void {
		this.unpublish();
		this.memory = this.newMemory();
	}

	/** Each poll comes a minute after the last one. */
	private newMemory(): InstanceType<Kit['PollMemory']> {
		return new this.kit.PollMemory(() => this.polls * 60_000);
	}

	async start(): Promise<void> {
		if (this.scheduler === 'memory') return await this.publish('init');
		this.registration = this.register('update');
	}

	private register(activation: Activation): Registration {
		const data = new Watched(this.stored);
		return { activation, data, context: contextOf(this.parameters, activation, data.data) };
	}

	private async poll({ context }: Registration): Promise<INodeExecutionData[][] | null> {
		this.polls += 1;
		return await this.kit.pollTrigger(context, this.trigger, this.memory);
	}

	private emit(registration: Registration, items: INodeExecutionData[][] | null, isActivation: boolean): void {
		// In memory, stored with an emission and after an activation; durably after each poll, but not after an activation without emission.
		const isStored = this.scheduler === 'memory' ? items !== null || isActivation : items !== null || !isActivation;
		if (isStored) this.save(registration);
		for (const { json } of items?.flat() ?? []) this.items.push(json);
	}

	private save({ data }: Registration): void {
		if (data.isChanged) this.stored = data.text;
	}
}

function contextOf(parameters: IDataObject, activation: Activation, data: IDataObject): IPollFunctions {
	const read = (name: string, fallback: unknown): unknown => name.split('.').reduce<unknown>((value, part) => (value as IDataObject | undefined)?.[part], parameters) ?? fallback;
	const nothing = (): void => undefined;
	return {
		getMode: () => 'trigger',
		getActivationMode: () => activation,
		getNode: () => ({ id: 'node', name: 'Trigger', type: 'model', typeVersion: 1, position: [0, 0], parameters, credentials: { modelApi: { id: '1', name: 'Model' } } }),
		getWorkflow: () => ({ id: 'workflow', name: 'Model', active: true }),
		getWorkflowStaticData: () => data,
		getNodeParameter: read,
		getCredentials: async () => ({ baseUrl: 'http://model.test' }),
		getTimezone: () => 'UTC',
		logger: { debug: nothing, info: nothing, warn: nothing, error: nothing },
	} as unknown as IPollFunctions;
}

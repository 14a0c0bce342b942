import type { IBinaryData, IDataObject, INodeExecutionData, INodeParameters, INodeProperties } from 'n8n-workflow';

import { fail, FailureError, refuse, refuseAll, type Reason } from '../answer/failure';
import { type Halt, NOT_BEGUN, type Result } from '../answer/result';
import { type AnnouncedFile, FileWatch } from '../answer/wholeFile';
import { isRecord } from '../guards';
import type { Pager, PageSource } from '../pages';
import type { Client } from '../service/client';
import { forget, keep, recall } from '../service/known';
import type { OperationContext, Run } from '../service/run';
import { inSlices, type Sliced } from '../slices';
import type { IncomingFile } from '../stream';
import { assertRunning, wait } from '../wait';
import { toDate, type DateForm, type GivenDate } from './dates';
import { faultsIn } from './entered';
import { openFile, type InputFile } from './inputFile';
import type { Output } from './output';
import { OUTPUTS, type OutputForm } from './outputChoice';
import { Parameters } from './parameters';
import { inTurn, isUntouched } from './turns';
import { isOfSavedWorkflow } from './versions';
import { isBlank, toTextOrJson } from './values';

/** How long what hardly ever changes is not asked again, in ms. */
const LATELY_MS = 60_000;
const MOST_TRANSFERS = 3;
const BETWEEN_TRANSFERS_MS = 400;
/** Failures that say nothing about the next attempt. */
const PASSING: ReadonlySet<Reason> = new Set(['unreachable', 'service down', 'too many requests', 'unreadable answer']);

/** What belongs to one execution of the node. */
export interface Execution extends Run {
	/** The incoming items. */
	readonly items: readonly INodeExecutionData[];
	/** A parameter of an item as n8n gives it, expressions resolved. */
	readonly parameter: (name: string, itemIndex: number, fallback: unknown) => unknown;
	/** The descriptions of the parameters. */
	readonly properties: readonly INodeProperties[];
	readonly parallel: number;
	/** Under 'Stop Workflow' alone. */
	readonly halt?: Halt;
	/** What items share, such as the definitions of a type; by credential and key. */
	readonly shared: Map<string, Promise<unknown>>;
	/** What of it is from an execution before; nothing where everything is asked anew. */
	readonly recalled?: Set<string>;
	/** Remarks for the output pane, each said once. */
	readonly notes: Set<string>;
}

/** The typed view of one item: what the user entered for it, the service, and its files. */
export class Call extends Parameters {
	/** Keys of what was asked `lately`, and whether it was from an execution before. */
	private readonly relied = new Map<string, boolean>();

	constructor(
		private readonly context: OperationContext,
		private readonly execution: Execution,
		readonly client: Client,
		readonly itemIndex: number,
	) {
		super((name, fallback) => execution.parameter(name, itemIndex, fallback), execution.properties);
	}

	/** The JSON of the incoming item. */
	get itemJson(): IDataObject {
		return this.item?.json ?? {};
	}

	/** The time zone of the workflow, for dates without one. */
	get timeZone(): string {
		return this.context.getTimezone();
	}

	/**
	 * A date parameter; nothing when it is empty.
	 * @param also forms that the service documents beside the common ones
	 * @throws FailureError `invalid input`
	 */
	date(name: string, also: readonly DateForm[] = []): GivenDate | undefined {
		const value = this.given(name);
		return isBlank(value) ? undefined : toDate(this.label(name), value, this.timeZone, also);
	}

	/**
	 * Looks at all that the user has filled in, before anything is done with it.
	 * @throws FailureError `invalid input` that names all that is wrong, as far as the descriptions of the parameters tell
	 */
	checkEntered(): void {
		const { entered, timeZone } = this;
		const read = (path: string): unknown => this.looked(path);
		const found = [...faultsIn(this.execution.properties, entered, read, timeZone), ...faultsIn(this.execution.properties, entered.options, read, timeZone, 'options')];
		const [first, ...more] = found;
		if (first?.isTold && more.length === 0) return;
		refuseAll(found.map(({ failure }) => failure));
	}

	/** Whether the node is one of a saved workflow, which goes on in its own way. */
	get isOfSavedWorkflow(): boolean {
		return isOfSavedWorkflow(this.context.getNode().typeVersion);
	}

	/** In which form the user wants the records, of an operation that gives them in several. */
	get output(): OutputForm {
		if (!this.isOfSavedWorkflow) return this.choice('output', OUTPUTS);
		// A switch, where there was a choice.
		return this.flag('simplify') ? 'simplified' : 'raw';
	}

	/** Whether all rows of a list are to have the same columns; before version 1.1 of the nodes each had its own. */
	get isEven(): boolean {
		return !this.isOfSavedWorkflow && this.output === 'simplified';
	}

	/** Whether records are wanted in their simpler form; chosen fields are those of it. */
	get isSimplified(): boolean {
		return this.output !== 'raw';
	}

	/** What becomes of a record in the form that the user wants. Fields to choose from are those of both forms. */
	shape(simplify: (entry: IDataObject) => IDataObject): (entry: IDataObject) => IDataObject {
		const { output } = this;
		if (output === 'raw') return (entry) => entry;
		return output === 'simplified' ? simplify : (entry) => ({ ...entry, ...simplify(entry) });
	}

	/**
	 * The fields that the user has chosen, of an operation that lets choose; nothing where all are wanted.
	 * @throws FailureError `invalid input` where none is
	 */
	chosenFields(): string[] | undefined {
		if (this.isOfSavedWorkflow || this.output !== 'selectedFields') return undefined;
		const given = this.given('outputFields');
		const names: unknown[] = Array.isArray(given) ? given : (toTextOrJson(given) ?? '').split(',');
		const fields = names.map((name) => (toTextOrJson(name) ?? '').trim()).filter((name) => name !== '');
		return fields.length > 0 ? fields : refuse('Field Names or IDs', 'No field is chosen', "Choose at least one, or another 'Output'");
	}

	/**
	 * The way in which a resource locator was filled in, such as `list` or `id`; nothing for a plain value.
	 * @param name for one in a collection, its path: `filters.area`
	 */
	modeOf(name: string): string | undefined {
		const entered = name.split('.').reduce<unknown>((value, key) => (isRecord(value) ? value[key] : undefined), this.entered);
		return isRecord(entered) && typeof entered.mode === 'string' ? entered.mode : undefined;
	}

	/** Whether the user entered an expression for the parameter: what it gives may be nothing by mistake. */
	isExpression(name: string): boolean {
		const entered: unknown = this.entered[name];
		const value: unknown = isRecord(entered) ? entered.value : entered;
		return typeof value === 'string' && value.startsWith('=');
	}

	/**
	 * Text that narrows down what is read or found; empty where the user left it so, but not by an expression: with nothing to look for,
	 * everything would be found.
	 * @param fix what to do when the expression gives nothing
	 * @throws FailureError `invalid input`
	 */
	narrowingText(name: string, fix: string): string {
		const text = this.text(name);
		return text === '' && this.isExpression(name) ? refuse(this.label(name), 'holds an expression that gives nothing', fix) : text;
	}

	/**
	 * Reads a list, as many records as the user wants.
	 * @param pager the way through its pages
	 * @param ask asks for one page
	 * @param shape what becomes of a record; applied page by page, so that a long list doesn't stand in memory twice
	 */
	async list(
		pager: Pager,
		ask: PageSource['ask'],
		shape: (entry: IDataObject) => IDataObject = (entry) => entry,
	): Promise<Output[]> {
		const wanted = this.wanted();
		const found: Output[] = [];
		for await (const page of this.pages(pager, ask)) {
			for (const entry of page) {
				if (found.length >= wanted) return found;
				found.push({ json: shape(entry) });
			}
		}
		return found;
	}

	/** The pages of a list, as many as it takes for the records that the user wants. */
	pages(pager: Pager, ask: PageSource['ask'], wanted = this.wanted()): ReturnType<Pager> {
		return pager({ ask, wanted, parallel: this.execution.parallel, note: (text) => this.note(text) });
	}

	/**
	 * Loads something once for all items of the execution that use the same credential. What the service says stands for all of them;
	 * that it could not be asked does not.
	 */
	async shared<T>(key: string, load: () => Promise<T>): Promise<T> {
		const name = `${this.client.account} ${key}`;
		const known = this.execution.shared.get(name) as Promise<T> | undefined;
		if (known) return await known;
		const loading = load();
		this.execution.shared.set(name, loading);
		void loading.catch((error: unknown) => {
			if (error instanceof FailureError && PASSING.has(error.failure.reason)) this.execution.shared.delete(name);
		});
		return await loading;
	}

	/**
	 * The same for what hardly ever changes, such as the definitions of a type: executions within a minute share it. Where it leads to a
	 * refusal, it is asked for anew.
	 */
	async lately<T>(key: string, load: () => Promise<T>): Promise<T> {
		const { account } = this.client;
		const { recalled } = this.execution;
		const name = `${account} ${key}`;
		const value = await this.shared(key, async () => {
			const found = recalled && recall(account, key);
			if (found) {
				recalled.add(name);
				return found.value as T;
			}
			const loaded = await load();
			keep(account, key, loaded, LATELY_MS);
			return loaded;
		});
		this.relied.set(key, recalled?.has(name) === true);
		return value;
	}

	/** Forgets what the item has relied on and may have changed since. @returns whether any of it was from an execution before */
	forgetLately(): boolean {
		const { account } = this.client;
		const relied = [...this.relied];
		this.relied.clear();
		for (const [key] of relied) {
			forget(account, key);
			// Another item may have asked anew already.
			if (this.execution.recalled?.delete(`${account} ${key}`)) this.execution.shared.delete(`${account} ${key}`);
		}
		return relied.some(([, isOld]) => isOld);
	}

	/**
	 * Waits until nobody in this process works on the same thing with the same account, then does the work. For what is read before it is
	 * written: two items or two executions would otherwise both act on what was there before.
	 * @param key what is worked on, such as the ID of a record
	 * @throws Stopped when the execution is stopped meanwhile; FailureError `not begun` when an item has failed meanwhile after which none is to be begun
	 */
	async inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
		const { halt, signal } = this.execution;
		return await inTurn(`${this.client.account} ${key}`, signal, async () => {
			if (halt?.reached) return fail(NOT_BEGUN);
			let isDone = false;
			try {
				const value = await work();
				isDone = true;
				return value;
			} finally {
				// Not later: whoever waits is let in before the failure is told.
				if (halt && !isDone && !this.client.preview) halt.reached = true;
			}
		});
	}

	/** Whether what was read before the turn has begun still stands (`isUntouched` in `turns.ts`). @param since when the reading began */
	isUntouched(key: string, since: number): boolean {
		return isUntouched(`${this.client.account} ${key}`, since);
	}

	/** Does long work bit by bit (`inSlices` in `slices.ts`). @throws Stopped when the execution is stopped meanwhile */
	async inSlices<T>(work: Sliced<T>): Promise<T> {
		return await inSlices(work, this.execution.signal);
	}

	/** Leaves a remark for the user in the output pane. */
	note(text: string): void {
		this.execution.notes.add(text);
	}

	/**
	 * The file in a binary field of the incoming item; it is opened only when it is sent.
	 * @param parameter name of the parameter that names the field
	 * @throws FailureError `invalid input` when there is none, and for one that can't be read
	 */
	async inputFile(parameter: string): Promise<InputFile> {
		const field = this.requiredText(parameter);
		const binary = this.item?.binary?.[field];
		if (!binary) {
			const fields = Object.keys(this.item?.binary ?? {});
			const known = fields.length > 0 ? `This item has: ${fields.join(', ')}` : 'This item has no file: put a node before this one that reads or makes it';
			return refuse(this.label(parameter), `The item has no file called "${field}"`, known);
		}
		return await openFile(this.context, binary, this.label(parameter), field, this.client.preview !== undefined);
	}

	/**
	 * Fetches a file and stores it where n8n keeps binary data, without holding it in memory whole. A transfer that breaks off, and one that
	 * brings less than the whole file or something else, is begun anew.
	 * @param fetch asks for the content; called once for each attempt, from 1
	 * @throws FailureError
	 */
	async fetchFile(fetch: (attempt: number) => Promise<IncomingFile>, announced: AnnouncedFile): Promise<IBinaryData> {
		for (let attempt = 1; ; attempt++) {
			const result = await this.store(await fetch(attempt), announced);
			if ('value' in result) return result.value;
			assertRunning(this.execution.signal);
			if (attempt >= MOST_TRANSFERS) return fail(result.failure);
			await wait(attempt * BETWEEN_TRANSFERS_MS, this.execution.signal);
		}
	}

	private async store(incoming: IncomingFile, announced: AnnouncedFile): Promise<Result<IBinaryData>> {
		const watch = new FileWatch(incoming, announced);
		const foreign = watch.foreign();
		if (foreign) {
			incoming.destroy();
			return { failure: foreign };
		}
		try {
			const value = await this.context.helpers.prepareBinaryData(incoming.content, announced.name, announced.type);
			const failure = watch.wrong(await this.sizeOf(value));
			return failure ? { failure } : { value };
		} catch {
			incoming.destroy();
			return { failure: watch.brokenOff() };
		}
	}

	/** The parameters as they stand in the workflow. */
	private get entered(): INodeParameters {
		return this.context.getNode().parameters;
	}

	private async sizeOf(binary: IBinaryData): Promise<number> {
		if (!binary.id) return Buffer.byteLength(binary.data, 'base64');
		return (await this.context.helpers.getBinaryMetadata(binary.id)).fileSize;
	}

	private get item(): INodeExecutionData | undefined {
		return this.execution.items[this.itemIndex];
	}
}

import type { INodeProperties } from 'n8n-workflow';

import type { Limits } from '../service/limiter';
import type { Effect } from '../service/retry';
import type { Service } from '../service/service';
import type { Call } from './call';
import type { Output } from './output';

interface OperationText {
	/** Title Case, without the resource: `Get Many`. */
	readonly name: string;
	/** Permanent: it stands in saved workflows. */
	readonly value: string;
	/** Sentence case, with the resource: `Get many entities`. AI agents read it as the description of the tool. */
	readonly action: string;
	readonly description: string;
	/** Decides about retries, and whether items may be worked on at the same time. */
	readonly effect: Effect;
	readonly fields: readonly INodeProperties[];
	/** What stands in the collection 'Options', beside what the kit puts there. */
	readonly options?: readonly INodeProperties[];
	/** Whether it gives out records in a simpler form unless the user wants them as the service sent them (`Call.isSimplified`, `Call.shape`). */
	readonly simplifies?: true;
	/** What stands beside the choice of the output, such as what it gives away. */
	readonly outputHint?: string;
	/** A read whose output has no fields to choose from, as that of a file. */
	readonly hasFixedOutput?: true;
	/** The ways in (`Connection.authentication`) that offer this operation; all, when left out. Where there are several, it has a parameter `authentication`. */
	readonly authentications?: readonly string[];
	/** How many requests are under way at once unless the user says otherwise. Default: several for reads, one for the rest. */
	readonly parallel?: number;
	/**
	 * Whether changes of different records may come in any order, for the service and for every workflow; those of one record wait for one
	 * another (`Call.inTurn`). Then several are under way at once, but in nodes of saved workflows.
	 */
	readonly anyOrder?: true;
	/** How long to wait for an answer unless the user says otherwise, in ms. */
	readonly timeoutMs?: number;
}

interface OperationWork<Input> {
	/** Reads and checks what the user entered. Runs for all items before `run` is called for the first. */
	readonly input?: (call: Call) => Promise<Input> | Input;
	/** Carries the operation out for one item. */
	readonly run: (call: Call, input: Input) => Promise<readonly Output[]>;
}

/** An item whose parameters were read and checked. */
export interface Ready<Input = unknown> {
	readonly call: Call;
	readonly input: Input;
	/** Items with the same text here are carried out at once; without it, each is alone. */
	readonly batch?: string;
}

interface BatchWork<Input> {
	/** Reads and checks what the user entered, for each item. An item that is refused here stays out of its batch. */
	readonly input: (call: Call) => Promise<Input> | Input;
	/** Items with the same text here are carried out at once. Those of different credentials never are. */
	readonly together: (call: Call, input: Input) => string;
	/**
	 * Carries several items out at once. What it gives out is linked to all of them, and so is what it throws; a failure with `parts` comes
	 * out on the error branch as those, each linked to the items that it names.
	 */
	readonly run: (items: Batch<Input>) => Promise<readonly Output[]>;
}

/** Items that are carried out at once, in the order they came in. */
export type Batch<Input = unknown> = readonly [Ready<Input>, ...Array<Ready<Input>>];

/** An operation as the kit runs it. */
export interface Operation extends OperationText {
	/** Checks one item. */
	readonly prepare: (call: Call) => Promise<Ready>;
	readonly carryOut: (items: Batch) => Promise<readonly Output[]>;
}

/**
 * Describes an operation: texts, fields and what it does, in one place.
 * Reads may do all in `run`. What changes something takes its parameters in `input`, so that nothing is written when an item is wrong.
 */
export function defineOperation<Input = undefined>(operation: OperationText & OperationWork<Input>): Operation {
	return {
		...operation,
		prepare: async (call) => ({ call, input: await operation.input?.(call) }),
		carryOut: async ([{ call, input }]) => await operation.run(call, input as Input),
	};
}

/** Describes an operation that can carry out several items at once, such as one import for all rows. */
export function defineBatchOperation<Input>(operation: OperationText & BatchWork<Input>): Operation {
	return {
		...operation,
		prepare: async (call) => {
			const input = await operation.input(call);
			return { call, input, batch: operation.together(call, input) };
		},
		carryOut: async (items) => await operation.run(items as Batch<Input>),
	};
}

export interface Resource {
	readonly name: string;
	readonly value: string;
	/** The first one is what a new node opens with. */
	readonly operations: readonly Operation[];
	/** What nodes open with by their version, newest first, where that has changed: n8n saves no choice that is the default. */
	readonly opensWith?: ReadonlyArray<{ readonly versions: number[]; readonly operation: string }>;
}

/** A node: a service and what can be done with it. */
export interface Vendor extends Service {
	readonly resources: readonly Resource[];
}

/** Fewer than a browser opens to one host: what any service bears, also one whose limit nobody knows. */
const AT_ONCE = 5;

/**
 * How many requests are under way at once unless the user says otherwise. Changes keep the order of their items where anything may depend on
 * it: lists of a service often come in the order of creation, and of a tree the children go before their parent (docs/speed.md).
 * @param isSaved whether the node is one of a saved workflow
 */
export function usualParallel({ effect, parallel, anyOrder }: Operation, { inFlight, reads = AT_ONCE }: Limits, isSaved = false): number {
	const change = anyOrder && !isSaved ? AT_ONCE : 1;
	return Math.min(inFlight, parallel ?? (effect === 'read' ? reads : change));
}

/** Whether the user can choose fields of its output. */
export function choosesFields({ effect, hasFixedOutput }: Pick<Operation, 'effect' | 'hasFixedOutput'>): boolean {
	return effect === 'read' && !hasFixedOutput;
}

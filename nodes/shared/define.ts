import type { ICredentialDataDecryptedObject, IDataObject, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import type { Call } from './call';
import type { Failure } from './failure';
import type { Limits } from './limiter';
import type { HttpResponse, Outcome } from './outcome';
import type { Request } from './request';
import type { Effect } from './retry';

export type Credentials = ICredentialDataDecryptedObject;

/** One item that an operation gives out; the kit adds the link to the item it came from. */
export type Output = Pick<INodeExecutionData, 'json' | 'binary'>;

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
	/** The log-ins (`Connection.authentication`) that offer this operation; all, when left out. */
	readonly authentications?: readonly string[];
	/** How many requests are under way at once unless the user says otherwise. Default: several for reads, one for the rest. */
	readonly parallel?: number;
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
	readonly operations: readonly Operation[];
}

/** How a service with sessions is logged in to. The log-in itself is the credential's `preAuthentication`. */
export interface Session {
	/** Hidden expirable field of the credential that holds the token. */
	readonly tokenField: string;
	/** Hidden field that says which account the token was made for. */
	readonly ownerField: string;
	/** What `ownerField` must hold for the token to be usable with these credentials. */
	readonly ownerOf: (credentials: Credentials) => string;
	/** A cheap request without effect: n8n sends it with a blank token to get and store a new one. */
	readonly probe: (credentials: Credentials) => Request;
	/**
	 * For a service that doesn't say clearly when a session is over: whether it still stands, by the answer to `probe`. Asked before a
	 * session is renewed, and before a request that is sent only once.
	 */
	readonly confirms?: (probed: unknown) => boolean;
	/** Hidden field with the time after which the token is not used any more, in ms since 1970. */
	readonly expiryField?: string;
}

/** One way into a service: a credential type and what follows from it. */
export interface Connection {
	/** Value of the node's parameter `authentication`, where the service has several ways in. */
	readonly authentication?: string;
	readonly credentialType: string;
	/** Base URL that all paths are below, without a trailing slash. */
	readonly baseUrl: (credentials: Credentials) => string;
	/** Names of the fields whose values are never shown. */
	readonly secrets: readonly string[];
	/** Those of them that a person has chosen, such as a password: data may hold the same text by chance, and are left as they are. */
	readonly chosen?: readonly string[];
	/** Forms that a secret has on its way, where it is not sent exactly as it was entered. */
	readonly sentSecrets?: (credentials: Credentials) => readonly string[];
	readonly session?: Session;
	/** What is wrong with the credentials as far as can be told without the service; then nothing is sent. */
	readonly check?: (credentials: Credentials) => Failure | undefined;
}

/** All that is particular to a service. */
export interface Vendor {
	/** As the user knows it: `Entu`. */
	readonly name: string;
	readonly connections: readonly [Connection, ...Connection[]];
	readonly limits: Limits;
	readonly arrayFormat?: 'indices' | 'brackets' | 'repeat' | 'comma';
	/** Headers of every request. */
	readonly headers?: Readonly<Record<string, string>>;
	/** The one place that knows how this service says yes, no, slow down, or session over. */
	readonly judge: (response: HttpResponse, request: Request) => Outcome;
	readonly resources: readonly Resource[];
}

/** Output items of records that a service sent or the operation made. */
export function records(list: readonly IDataObject[]): Output[] {
	return list.map((json) => ({ json }));
}

/** One output item. */
export function record(json: IDataObject): Output[] {
	return [{ json }];
}

/** What a delete gives out: that it is done, and what was asked to be deleted. */
export function deleted(what: IDataObject): Output[] {
	return record({ deleted: true, ...what });
}

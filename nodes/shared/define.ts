import type { ICredentialDataDecryptedObject, IDataObject, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import type { Call } from './call';
import type { Request } from './client';
import type { Failure } from './failure';
import type { Limits } from './limiter';
import type { HttpResponse, Outcome } from './outcome';
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
	/** The operation exists to show a token, which is then no leak. */
	readonly revealsToken?: true;
}

interface OperationWork<Input> {
	/** Reads and checks what the user entered. Runs for all items before `run` is called for the first. */
	readonly input?: (call: Call) => Promise<Input> | Input;
	/** Carries the operation out for one item. */
	readonly run: (call: Call, input: Input) => Promise<readonly Output[]>;
}

/** An operation as the kit runs it. */
export interface Operation extends OperationText {
	/** Checks one item; what comes back carries it out. */
	readonly prepare: (call: Call) => Promise<() => Promise<readonly Output[]>>;
}

/**
 * Describes an operation: texts, fields and what it does, in one place.
 * Reads may do all in `run`. What changes something takes its parameters in `input`, so that nothing is written when an item is wrong.
 */
export function defineOperation<Input = undefined>(operation: OperationText & OperationWork<Input>): Operation {
	return {
		...operation,
		prepare: async (call) => {
			const input = (await operation.input?.(call)) as Input;
			return async () => await operation.run(call, input);
		},
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
	readonly judge: (response: HttpResponse) => Outcome;
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

import type { ICredentialDataDecryptedObject, IDataObject, INodeParameters } from 'n8n-workflow';

/** How to call one operation, so that the contract tests can try it in every way. */
export interface OperationSample {
	/** Parameters beside resource and operation; `={{ $json.id }}` takes its value from the item. */
	readonly parameters?: INodeParameters;
	/** Three items that all work, one after another, on the sandbox as it starts. Default: three empty ones. */
	readonly items?: readonly [IDataObject, IDataObject, IDataObject];
	/** An item that does not work: the service or the node refuses it. Left out only where no parameter can be wrong. */
	readonly bad?: IDataObject;
	/** Keys of the items whose values become part of an address. */
	readonly ids?: readonly string[];
	/** A file that each item carries in its binary field `data`. */
	readonly file?: { readonly name: string; readonly type: string; readonly content: string };
	/** For operations with Return All. */
	readonly list?: ListSample;
	/** Faults of `faults.test.mts` that are good answers to this operation, beside those of the node. */
	readonly harmless?: readonly string[];
	/** Keys of the output that everybody's data have, where the rest depends on the data: only these stand in the preview of the output; without any there is none. */
	readonly stable?: readonly string[];
	/** The output differs from run to run, as a token does. */
	readonly volatile?: true;
	/** Its request is never repeated, not even when the service asks to come back. */
	readonly once?: true;
	/** What it asks for is the answers themselves: each request is sent once, and one that fails is told in the output, or fails the item. */
	readonly tells?: true;
	/** Of several samples of one operation, the one whose output makes the preview. */
	readonly preview?: true;
	/** Servers of an older generation lack it, and say so. */
	readonly laterOnly?: true;
	/** It works without a session. */
	readonly sessionless?: true;
}

export interface ListSample {
	/** How many records there are in all on the sandbox as it starts; at least three pages. */
	readonly total: number;
	/** Tells one record from another. */
	readonly idOf: (record: IDataObject) => unknown;
	/** Makes the list that of all `total` records, where the usual parameters narrow it. */
	readonly all?: INodeParameters;
	/** Makes pages small enough that `total` needs at least three. */
	readonly smallPages?: INodeParameters;
	/** Fields of the credential that do so, where it says how lists come in pages. */
	readonly pagedBy?: ICredentialDataDecryptedObject;
	/** Makes the same list empty. */
	readonly empty?: { readonly parameters?: INodeParameters; readonly credential?: ICredentialDataDecryptedObject; readonly item?: IDataObject };
}

/** How to call the operations of one node. */
export interface NodeSamples {
	/** Name of the service in the sandbox. */
	readonly service: string;
	readonly credentialType: string;
	/** Parameters that every call needs, such as `authentication`. */
	readonly common?: INodeParameters;
	readonly credential: (sandboxUrl: string) => ICredentialDataDecryptedObject;
	/** Texts that must show up nowhere. */
	readonly secrets: readonly string[];
	/** Keys are `<resource>:<operation>`; operations whose purpose is to show a token are named in `revealing`. */
	readonly operations: Readonly<Record<string, OperationSample>>;
	readonly revealing?: readonly string[];
	/** Faults of `faults.test.mts` that are good answers of this service, such as an empty body where nothing is to be said. */
	readonly harmless?: readonly string[];
	/** The credential has a session that can expire. */
	readonly sessions?: true;
}

import type { IDataObject } from 'n8n-workflow';
import type { Execution } from '../../demo/api.mts';
import type { Server } from './server.mts';

/** What is known after an example workflow has run. */
export interface Outcome extends Server {
	execution: Execution;
	/** The records a node gave out, at its first or another output. */
	output(node: string, branch?: number): IDataObject[];
}

/**
 * What must have come of an example workflow, by its file below `workflows/`. Every workflow must end with success and
 * give something out at its last node; here stands what is to be said beyond that. Throws if it is not so.
 */
export const expectations: Record<string, (outcome: Outcome) => Promise<void> | void> = {};

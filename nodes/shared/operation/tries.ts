import type { IExecuteFunctions } from 'n8n-workflow';

import type { Settled } from './settled';

/** What is kept of one run of a node while n8n tries it again (its setting 'Retry On Fail'). */
export interface Tries {
	/** What need not be done again, and what must not be. */
	readonly settled: Settled[];
	/** Remarks for the output pane of the tries so far. */
	readonly notes: Set<string>;
}

/** By what n8n hands to every try of one run, in a loop a new one for each round, and lets go of when the run is over. */
const runs = new WeakMap<object, Tries>();

/**
 * What has come of the tries before this one.
 * An agent's own copy of a node gets the agent's run, which may call it many times: it is never tried again, and remembers nothing.
 */
export function triesOf(context: IExecuteFunctions): Tries {
	const node = context.getNode();
	const run = context.getExecuteData();
	if (node.retryOnFail !== true || run.node.name !== node.name) return { settled: [], notes: new Set() };
	const known = runs.get(run) ?? { settled: [], notes: new Set() };
	runs.set(run, known);
	return known;
}

/** Whether the next try leaves these items alone: what is carried out, and what may be. Only what surely is not is tried again. */
export function isSettled({ result }: Settled): boolean {
	if (!result) return false;
	return 'value' in result || (result.failure.fate ?? 'not carried out') !== 'not carried out';
}

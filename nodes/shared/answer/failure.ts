import type { IDataObject } from 'n8n-workflow';

import { atOnce, type Sliced } from '../slices';

/** Why something did not work, in the words of the summary hint ("7 of 100 items failed: 5 not found, 2 rejected"). */
export type Reason =
	| 'invalid input'
	| 'not found'
	| 'no access'
	| 'log-in refused'
	| 'rejected'
	| 'too many requests'
	| 'unreachable'
	| 'unreadable answer'
	| 'service down'
	| 'outcome unknown'
	| 'stopped'
	| 'not begun'
	| 'previewed'
	| 'unexpected';

/** Whether a request that did not succeed may have had its effect all the same. */
export type Fate = 'not carried out' | 'unknown';

/** What went wrong, as a value: it becomes an n8n error only at the kit's edge (`errors.ts`). */
export interface Failure {
	readonly reason: Reason;
	/** What happened, in the vocabulary of the service. */
	readonly message: string;
	/** What the person can do about it. */
	readonly fix?: string;
	/** HTTP status, where the service answered. */
	readonly status?: number;
	/** Display name of the parameter to correct. */
	readonly parameter?: string;
	/** Further facts for the error output, such as the service's error code. */
	readonly details?: IDataObject;
	/**
	 * What became of the change that was asked for, once that has been told; the kit tells it where an operation has not. Without it nothing
	 * was changed.
	 */
	readonly fate?: Fate | 'carried out in part';
	/** What it consists of, where that can be told item by item: under the continue modes these come out in its place. */
	readonly parts?: readonly FailurePart[];
	/** Of what the user entered, all that is wrong, where that is several things. */
	readonly faults?: readonly Failure[];
	/** The items of a batch that are known to be carried out all the same: they come out of the success branch, unless nothing is to come out for them. */
	readonly done?: DonePart;
}

/** Items that were carried out although others of their batch were not. */
export interface DonePart {
	/** Positions among the incoming items. */
	readonly items: readonly number[];
	/** What comes out for each of them. */
	readonly json?: IDataObject;
}

/** A failure that belongs to some of the items that were carried out together. */
export interface FailurePart {
	readonly failure: Failure;
	/** Positions among the incoming items. */
	readonly items: readonly number[];
}

/** Carries a failure through code that would otherwise have to hand it on at every step. */
export class FailureError extends Error {
	constructor(readonly failure: Failure) {
		super(failure.message);
		this.name = 'FailureError';
	}
}

/** Stops the current item with a failure. */
export function fail(failure: Failure): never {
	throw new FailureError(failure);
}

/**
 * Stops the current item because of what the user entered.
 * @param parameter display name of the parameter at fault
 * @param message what is wrong with it
 * @param fix what to enter instead
 */
export function refuse(parameter: string, message: string, fix: string): never {
	return fail({ reason: 'invalid input', message, fix, parameter });
}

const MOST_SHOWN = 10;

/**
 * Stops the current item because of all that is wrong with what the user entered, not of the first alone.
 * @param faults of reason `invalid input`; with none, nothing happens
 */
export function refuseAll(faults: readonly Failure[]): void {
	const all = new Map(faults.flatMap((fault) => fault.faults ?? [fault]).map((fault) => [textOf(fault), fault]));
	const [first, ...more] = all.values();
	if (!first) return;
	fail(more.length === 0 ? first : asOne([first, ...more]));
}

/** Does the work for each entry of a list, and refuses with all that is wrong with any of them. */
export function mapAll<In, Out>(list: readonly In[], work: (entry: In, index: number) => Out): Out[] {
	return atOnce(mapAllInSlices(list, work));
}

/** The same for a list of very many entries. @throws FailureError `invalid input` */
export function* mapAllInSlices<In, Out>(list: readonly In[], work: (entry: In, index: number) => Out): Sliced<Out[]> {
	const faults: Failure[] = [];
	const results: Out[] = [];
	for (const [i, entry] of list.entries()) {
		const result = faultIn(() => work(entry, i));
		if ('value' in result) results.push(result.value);
		else faults.push(result.failure);
		yield;
	}
	refuseAll(faults);
	return results;
}

/** What comes of reading something that the user entered, or what is wrong with it. @throws all but FailureError `invalid input` */
export function faultIn<T>(read: () => T): { readonly value: T } | { readonly failure: Failure } {
	try {
		return { value: read() };
	} catch (error) {
		return { failure: refusalIn(error) };
	}
}

function refusalIn(error: unknown): Failure {
	if (error instanceof FailureError && error.failure.reason === 'invalid input') return error.failure;
	throw error;
}

/** A failure in a sentence. */
export function textOf({ message, parameter }: Failure): string {
	if (!parameter) return message;
	return /^[a-z]/.test(message) ? `'${parameter}' ${message}` : `'${parameter}': ${message}`;
}

function asOne(faults: readonly [Failure, ...Failure[]]): Failure {
	const [{ parameter }] = faults;
	const isOfOne = faults.every((fault) => fault.parameter === parameter);
	return {
		reason: 'invalid input',
		message: `${faults.length} things are to be corrected. ${listed(faults.map((fault) => (isOfOne ? fault.message : textOf(fault))))}`,
		fix: fixesOf(faults),
		...(isOfOne ? { parameter } : {}),
		faults,
	};
}

/** One remedy for all, or each with its parameter. */
function fixesOf(faults: readonly Failure[]): string {
	const fixes = new Map(faults.map(({ fix = '' }) => [fix, '']));
	if (fixes.size === 1) return [...fixes.keys()].join('');
	return listed(faults.map(({ parameter, fix = '' }) => (parameter ? `'${parameter}': ${fix}` : fix)));
}

function listed(texts: readonly string[]): string {
	const shown = [...new Set(texts)];
	const more = shown.length > MOST_SHOWN ? [`and ${shown.length - MOST_SHOWN} more`] : [];
	return [...shown.slice(0, MOST_SHOWN), ...more].join('; ');
}

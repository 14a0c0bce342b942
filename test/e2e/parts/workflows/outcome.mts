import type { IDataObject } from 'n8n-workflow';
import type { Execution } from '../../../../demo/api.mts';
import type { Control, Entry } from '../../../../sandbox/client.mts';
import type { Server } from '../../server.mts';

/** What is known after an example workflow has run on a fresh sandbox. */
export interface Outcome extends Server {
	execution: Execution;
	/** The records a node gave out, at its first or another output. */
	output(node: string, branch?: number): IDataObject[];
	/** The file that a node gave out. */
	file(node: string): Promise<{ name: string; text: string }>;
	/** What came back to whoever called the webhook. */
	answer: unknown;
}

/** What must have come of an example workflow, told by what the sandbox holds. */
export interface Expectation {
	/** Makes happen what its trigger then finds. */
	before?(control: Control): Promise<unknown>;
	/** Makes happen what its trigger waits for, where that is a call of the service. */
	happen?(control: Control): Promise<unknown>;
	/** What to send to its webhook, if it has one. */
	call?: IDataObject;
	/** Throws a sentence if it is not so. */
	check(outcome: Outcome): Promise<void> | void;
	/** The same for each other trigger that a person starts it at. */
	startedAt?: Readonly<Record<string, Expectation>>;
}

/** By the name of the workflow's file in the folder of its vendor. */
export type Expectations = Record<string, Expectation>;

/** The lines of a CSV file, its head first. */
export function linesOf(text: string): string[] {
	return text.replace('\uFEFF', '').trim().split('\n').map((line) => line.trimEnd());
}

/** A day on n8n's calendar, as `2026-11-22`. @param ms since 1970 */
export async function dayOf({ api }: Outcome, ms: number): Promise<string> {
	const { data } = await api.call<{ data: { timezone: string } }>('GET', '/rest/settings');
	return new Intl.DateTimeFormat('sv-SE', { timeZone: data.timezone }).format(ms);
}

/** A day so many days after another. */
export function daysAfter(day: string, days: number): string {
	return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}

/** What the sandbox answers to a request past n8n. */
export async function askSandbox<T>({ sandboxUrl }: Outcome, path: string, headers: Record<string, string> = {}): Promise<T> {
	const answer = await fetch(sandboxUrl + path, { headers });
	if (!answer.ok) throw new Error(`The sandbox answered ${answer.status} to ${path}.`);
	return (await answer.json()) as T;
}

/** The first request of a kind that the workflow sent. */
export async function firstRequest({ control }: Outcome, service: string, path: string): Promise<Entry> {
	const found = (await control.journal(service)).find((entry) => entry.path === path);
	if (!found) throw new Error(`The workflow never asked for ${path}.`);
	return found;
}

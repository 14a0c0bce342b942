/**
 * What every operation sends, gives out and says, as it was read and approved: a query, a field or a word that changes by mistake shows up here, and one that is meant to change shows
 * up in the review. `npm run jest -- -u --selectProjects quick -- contract/approved` takes it anew.
 */
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { Entry } from '../../sandbox/client.mts';
import type { NodeRun } from '../support/engine.mts';
import { useLab, type Bench, type Subject } from './lab.mts';

const lab = useLab(4);
/** What a run shows of a list; the rest is like it. */
const MOST_ITEMS = 3;

const VARIABLE: ReadonlyArray<readonly [RegExp, string]> = [
	[/eyJ[\w-]+\.[\w-]+\.[\w-]+/g, 'TOKEN'],
	// Encrypted passwords and what stands for a session.
	[/[\w+/]{60,}={0,2}/g, 'SECRET'],
	[/\b[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}\b/g, 'UUID'],
	// IDs that Entu has made up meanwhile; those of the sandbox's own data begin with the same time.
	[/\b(?!65a0|f{24})[\da-f]{24}\b/g, 'NEW-ID'],
	// What the sandbox of Accutics marks its messages with.
	[/\([\da-f]{6}\)/g, '(CODE)'],
	[/127\.0\.0\.1:\d+/g, 'HOST'],
	[/\b20\d\d-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?/g, 'MOMENT'],
	[/\b20\d\d-\d\d-\d\d\b/g, 'DAY'],
	[/\b\d\d[./]\d\d[./]20\d\d\b/g, 'DAY'],
];

/** Without what differs from run to run, or from day to day. */
function lasting(value: unknown): unknown {
	const text = VARIABLE.reduce((all, [pattern, name]) => all.replace(pattern, name), JSON.stringify(value ?? null));
	return JSON.parse(text) as unknown;
}

const toLine = ({ method, path, query, body, headers }: Entry): string => {
	const type = headers['content-type']?.split(';')[0];
	return [method, path, Object.keys(query).length > 0 ? JSON.stringify(query) : '', type ?? '', body === undefined ? '' : JSON.stringify(body)].filter((part) => part !== '').join(' ');
};

/** In an order of its own: what is sent at once arrives in any. */
const sentIn = async (bench: Bench, subject: Subject): Promise<string[]> => (await bench.journal(subject)).map((entry) => String(lasting(toLine(entry)))).sort();

function shown({ json, binary, pairedItem }: INodeExecutionData): IDataObject {
	const files = Object.fromEntries(Object.entries(binary ?? {}).map(([name, { fileName, mimeType, fileExtension }]) => [name, { fileName, mimeType, fileExtension }]));
	return { json, ...(binary ? { files } : {}), from: (pairedItem as { item: number } | undefined)?.item };
}

function seen({ outputs, hints, error }: NodeRun, { sample }: Subject): object {
	const [items = [], failed = []] = outputs;
	return lasting({
		items: sample.volatile ? items.length : [items.length, ...items.slice(0, MOST_ITEMS).map(shown)],
		...(failed.length > 0 ? { failed: failed.map(shown) } : {}),
		...(hints.length > 0 ? { hints: hints.map(({ message }) => message) } : {}),
		...(error ? { error: [error.message, error.description] } : {}),
	}) as object;
}

const cases = [...lab.all.map((subject): [string, Subject] => [`${subject.node} ${subject.key}`, subject]), ...lab.further.map((subject): [string, Subject] => [`${subject.node} ${subject.key} on further data`, subject])];

async function tryOut(subject: Subject, bench: Bench): Promise<unknown> {
	await bench.fresh(subject);
	const run = await bench.run(subject);
	const good = { sent: await sentIn(bench, subject), ...seen(run, subject) };
	const { bad } = subject.sample;
	if (!bad) return { good };
	await bench.fresh(subject);
	return { good, bad: seen(await bench.run(subject, { items: [bad], onError: 'continueErrorOutput' }), subject) };
}

const found = new Map<string, unknown>();
beforeAll(async () => void (await lab.each(cases, async ([name, subject], bench) => found.set(name, await tryOut(subject, bench)))), 120_000);

test.each(cases)('%s', (name) => expect(found.get(name)).toMatchSnapshot());

import type { INodeParameters } from 'n8n-workflow';
import type { Control } from '../sandbox/client.mts';
import { known } from '../sandbox/entu/seed-known.mts';
import { credentialOf, entityUrl, runEntu, runHttp } from './entu.mts';
import type { NodeRun, StoredCredential } from '../test/support/engine.mts';
import { highest, mustGive, ratio, type Contestant, type Figures, type Lab, type Measure } from './support.mts';

const COUNT = 1_000;
const IN_FLIGHT = 5;
const LATENCY_MS = 20;

export const newBooks = (count: number) => Array.from({ length: count }, (_, i) => ({ json: { name: `Book ${i + 1}`, pages: i + 1 } }));

/** Entity → Create for a book with what an item of `newBooks` says. */
export const createBook = (parallelRequests: number): INodeParameters => ({
	resource: 'entity',
	operation: 'create',
	typeId: { __rl: true, mode: 'id', value: known.typeBook },
	propertiesMode: 'json',
	propertiesJson: '={{ JSON.stringify({ name: $json.name, pages: $json.pages }) }}',
	options: { parallelRequests },
});

/** The same request as the HTTP Request node sends it. */
export const postBook = (url: string, options: INodeParameters = {}): INodeParameters => ({
	method: 'POST',
	url,
	sendBody: true,
	contentType: 'json',
	specifyBody: 'json',
	jsonBody: `={{ JSON.stringify([{ type: '_type', reference: '${known.typeBook}' }, { type: 'name', string: $json.name }, { type: 'pages', number: $json.pages }]) }}`,
	options: { response: { response: { responseFormat: 'json' } }, ...options },
});

/** What the sandbox saw since its journal was cleared. */
export async function seen(control: Control): Promise<Figures> {
	const { maxInFlight, byStatus, effects } = await control.summary('entu');
	return { maxInFlight, tooMany: byStatus['429'] ?? 0, created: effects['entity.create'] ?? 0 };
}

/** Creates so many books, one item each. */
export type Create = (lab: Lab, credential: StoredCredential, count: number) => Promise<NodeRun>;

const byEntu =
	(parallel: number): Create =>
	async (lab, credential, count) =>
		await runEntu(lab, credential, createBook(parallel), { items: newBooks(count) });

const byHttp: Create = async (lab, credential, count) => await runHttp(lab, credential, postBook(entityUrl(lab)), { items: newBooks(count) });

function contestant(create: Create): Contestant {
	return async (lab) => {
		const credential = credentialOf(lab);
		mustGive(await create(lab, credential, 20), 20);
		await lab.control.clearJournal();
		const { result, figures } = await lab.measure(async () => await create(lab, credential, COUNT));
		mustGive(result, COUNT);
		const counts = await seen(lab.control);
		if (counts.created !== COUNT) throw new Error(`${counts.created} entities were created in place of ${COUNT}`);
		return { ...figures, ...counts };
	};
}

const PARALLEL = `Entu node, ${IN_FLIGHT} in flight`;
const SEQUENTIAL = 'Entu node, one after another';

export const creates: Measure = {
	title: `Create 1,000 entities one by one, ${LATENCY_MS} ms each`,
	columns: { ms: 'time', cpuMs: 'processor time', maxInFlight: 'most in flight', created: 'created' },
	contestants: {
		[PARALLEL]: contestant(byEntu(IN_FLIGHT)),
		[SEQUENTIAL]: contestant(byEntu(1)),
		'HTTP Request node, as it comes': contestant(byHttp),
	},
	prepare: async (control) => void (await control.settings('entu', { latencyMs: LATENCY_MS, journal: 'counts' })),
	bars: (runs) => [
		{ what: `times as fast with ${IN_FLIGHT} in flight as one after another`, measured: ratio(runs, 'ms', SEQUENTIAL, PARALLEL), atLeast: 3.5, unit: 'times' },
		{ what: `most in flight in any run, ${IN_FLIGHT} allowed`, measured: highest(runs, PARALLEL, 'maxInFlight'), atMost: IN_FLIGHT, unit: 'count' },
		{ what: 'most in flight in any run, 1 allowed', measured: highest(runs, SEQUENTIAL, 'maxInFlight'), atMost: 1, unit: 'count' },
	],
};

import { createBook, newBooks, postBook, seen, type Create } from './creates.mts';
import { credentialOf, entityUrl, runEntu, runHttp } from './entu.mts';
import { lowest, median, type Contestant, type Measure } from './support.mts';

const ITEMS = 200;
const RATE = { requests: 10, perMs: 1_000 };
/** The first ten at once, then ten in each further second. */
const IDEAL_MS = (ITEMS / RATE.requests - 1) * RATE.perMs;

const byEntu: Create = async (lab, credential, count) =>
	await runEntu(lab, credential, createBook(5), { items: newBooks(count), onError: 'continueErrorOutput' });

/** The HTTP Request node does not heed a 429: the user must know the rate and enter it as batches. */
const byHttp: Create = async (lab, credential, count) => {
	const batching = { batching: { batch: { batchSize: RATE.requests, batchInterval: RATE.perMs } } };
	return await runHttp(lab, credential, postBook(entityUrl(lab), batching), { items: newBooks(count), onError: 'continueErrorOutput' });
};

function contestant(create: Create): Contestant {
	return async (lab) => {
		const credential = credentialOf(lab);
		// Logged in and warm before the limit holds, so that all begin with a whole second's worth of requests.
		await lab.control.settings('entu', { rateLimit: null });
		await create(lab, credential, 5);
		await lab.control.clearJournal();
		await lab.control.settings('entu', { rateLimit: RATE });
		const { result, figures } = await lab.measure(async () => await create(lab, credential, ITEMS));
		return { ...figures, succeeded: result.outputs[0]?.length ?? 0, ...(await seen(lab.control)) };
	};
}

const OURS = 'Entu node, knows nothing of the limit';

export const rate: Measure = {
	title: `Create ${ITEMS} entities where ${RATE.requests} requests a second are allowed; ideal: ${IDEAL_MS / 1000} s`,
	columns: { ms: 'time', succeeded: 'items succeeded', created: 'created', tooMany: 'answers 429' },
	contestants: {
		[OURS]: contestant(byEntu),
		[`HTTP Request node, batches of ${RATE.requests} a second`]: contestant(byHttp),
	},
	prepare: async (control) => void (await control.settings('entu', { journal: 'counts' })),
	bars: (runs) => [
		{ what: `items that succeeded in the worst run, of ${ITEMS}`, measured: lowest(runs, OURS, 'succeeded'), atLeast: ITEMS, unit: 'count' },
		{ what: 'time against the ideal', measured: median(runs, OURS, 'ms') / IDEAL_MS, atMost: 1.15, unit: 'times' },
	],
};

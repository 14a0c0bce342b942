/** The work of `list` and `creates` on a long line with TLS in place of loopback: what counts there is the number of requests in a row. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { known } from '../sandbox/entu/seed-known.mts';
import { createBook, newBooks, postBook } from './creates.mts';
import { credentialOf, entityUrl, fill, listByEntu, listByFetch, listByHttp, runEntu, runHttp } from './entu.mts';
import { highest, median, mustGive, ratio, type Contestant, type Figures, type Lab, type Measure } from './support.mts';

const COUNT = 10_000;
const CREATES = 100;
const list = { typeId: known.typeBook, count: COUNT };

/** A contestant at the other end of the line; requests and handshakes are counted beside what it measures itself. */
function far(rttMs: number, contestant: Contestant): Contestant {
	return async (lab) => {
		const line = fork(path.join(process.cwd(), 'bench', 'slowLine.mts'), [new URL(lab.url).port, String(rttMs)], { execArgv: ['--import', 'tsx'] });
		try {
			const { port } = await told<{ port: number }>(line);
			// The certificate is the line's own.
			process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
			return await contestant({ ...lab, url: `https://127.0.0.1:${port}`, measure: counting(lab, line) });
		} finally {
			line.disconnect();
		}
	};
}

function counting(lab: Lab, line: ChildProcess): Lab['measure'] {
	return async (work, before) => {
		await countsOf(line);
		await lab.control.clearJournal();
		const { result, figures } = await lab.measure(work, before);
		const { requests } = await lab.control.summary('entu');
		return { result, figures: { ...figures, requests, ...(await countsOf(line)) } };
	};
}

async function countsOf(line: ChildProcess): Promise<Figures> {
	line.send('count');
	return await told<Figures>(line);
}

async function told<T>(line: ChildProcess): Promise<T> {
	const [message] = (await once(line, 'message')) as [T];
	return message;
}

function creating(create: (lab: Lab) => Promise<{ (count: number): ReturnType<typeof runEntu> }>): Contestant {
	return async (lab) => {
		const make = await create(lab);
		mustGive(await make(2), 2);
		const { result, figures } = await lab.measure(async () => await make(CREATES));
		mustGive(result, CREATES);
		return figures;
	};
}

const createByEntu = (parallel?: number): Contestant =>
	creating(async (lab) => {
		const credential = credentialOf(lab);
		const { options, ...parameters } = createBook(parallel ?? 1);
		return async (count) => await runEntu(lab, credential, { ...parameters, ...(parallel === undefined ? {} : { options }) }, { items: newBooks(count) });
	});

const createByHttp = creating(async (lab) => {
	const credential = credentialOf(lab);
	return async (count) => await runHttp(lab, credential, postBook(entityUrl(lab)), { items: newBooks(count) });
});

const OURS = (rttMs: number): string => `${rttMs} ms: list, Entu node`;
const FETCH = (rttMs: number): string => `${rttMs} ms: list, fetch loop, 1,000 a page, 5 at once`;
const HTTP = (rttMs: number): string => `${rttMs} ms: list, HTTP Request node, 1,000 a page`;

const lists = (rttMs: number): Measure['contestants'] => ({
	[OURS(rttMs)]: far(rttMs, listByEntu(list, true)),
	[`${rttMs} ms: list, Entu node, 200 a page`]: far(rttMs, listByEntu({ ...list, pageSize: 200 }, true)),
	[HTTP(rttMs)]: far(rttMs, listByHttp({ ...list, pageSize: 1000 })),
	[FETCH(rttMs)]: far(rttMs, listByFetch({ ...list, pageSize: 1000 }, 5)),
});

const columns: Measure['columns'] = { ms: 'time', cpuMs: 'processor time', requests: 'requests', handshakes: 'handshakes', resumed: 'of them resumed', rssBytes: 'resident memory' };

export const line: Measure = {
	title: 'On a line with TLS and round trips of 50 and 150 ms: list 10,000 entities',
	columns,
	contestants: { ...lists(50), ...lists(150) },
	prepare: async (control) => {
		await fill(control, 'book', COUNT);
		await control.settings('entu', { journal: 'counts' });
	},
	mostRuns: 3,
	bars: (runs) => [
		{ what: 'requests for 10,000 entities, with those that log in or read definitions', measured: highest(runs, OURS(50), 'requests'), atMost: 7, unit: 'count' },
		{ what: 'list at 50 ms', measured: median(runs, OURS(50), 'ms'), atMost: 2200, unit: 'ms' },
		{ what: 'list at 150 ms', measured: median(runs, OURS(150), 'ms'), atMost: 4500, unit: 'ms' },
		{ what: 'list at 50 ms, times as fast as the HTTP Request node', measured: ratio(runs, 'ms', HTTP(50), OURS(50)), atLeast: 2, unit: 'times' },
	],
};

const IN_ORDER = 'Entu node, one after another';
const IN_FLIGHT = 'Entu node, 5 in flight';

export const lineCreates: Measure = {
	title: `On a line with TLS and a round trip of 50 ms: create ${CREATES} entities`,
	columns,
	contestants: { [IN_ORDER]: far(50, createByEntu()), [IN_FLIGHT]: far(50, createByEntu(5)), 'HTTP Request node, as it comes': far(50, createByHttp) },
	prepare: async (control) => void (await control.settings('entu', { journal: 'counts' })),
	mostRuns: 3,
	bars: (runs) => [{ what: 'times as fast with 5 in flight as one after another', measured: ratio(runs, 'ms', IN_ORDER, IN_FLIGHT), atLeast: 3.5, unit: 'times' }],
};

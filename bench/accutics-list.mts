/**
 * Lists 10,000 entities of the sandbox, 100 a page and 50 ms a page, with the Accutics node and with n8n's HTTP Request node following
 * `next`, in turn, in one process: `npm run build && npx tsx bench/accutics-list.mts`
 */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { editorToken } from '../sandbox/accutics/seed.mts';
import { spawnSandbox } from '../sandbox/client.mts';
import { createEngine, type NodeRun } from '../test/support/engine.mts';

const COUNT = 10_000;
const SEEDED = 245;
const PAGE_SIZE = 100;
const RUNS = 5;
const BAR = 3.5;

const engine = createEngine();
const sandbox = await spawnSandbox();
try {
	await sandbox.control.seed('items', COUNT - SEEDED, 'accutics');
	await sandbox.control.settings('accutics', { latencyMs: 50, journal: 'counts' });
	const credential = engine.credentials.add('accuticsApi', { baseUrl: `${sandbox.url}/accutics`, token: editorToken });
	const run = async (node: string, parameters: INodeParameters): Promise<NodeRun> => {
		const done = await engine.runNode({ node, parameters, credentials: { accuticsApi: credential } });
		if (done.error) throw done.error;
		return done;
	};

	const byNode = async () => {
		const done = await run('accutics', { resource: 'entity', operation: 'getAll', path: '/sandbox/items', returnAll: true, options: { pageSize: PAGE_SIZE } });
		return { ms: done.durationMs, ids: (done.outputs[0] ?? []).map(({ json }) => json.id) };
	};
	const pagination = {
		paginationMode: 'responseContainsNextURL',
		nextURL: '={{ $response.body.meta.pagination.next }}',
		paginationCompleteWhen: 'other',
		completeExpression: '={{ !$response.body.meta.pagination.next }}',
		limitPagesFetched: false,
	};
	const byHttp = async () => {
		const done = await run('n8n-nodes-base.httpRequest', {
			url: `${sandbox.url}/accutics/sandbox/items?page_size=${PAGE_SIZE}`,
			authentication: 'predefinedCredentialType',
			nodeCredentialType: 'accuticsApi',
			options: { pagination: { pagination } },
		});
		return { ms: done.durationMs, ids: (done.outputs[0] ?? []).flatMap(({ json }) => (json.data as IDataObject[]).map(({ id }) => id)) };
	};

	await byNode();
	await byHttp();
	const times = { node: [] as number[], http: [] as number[] };
	for (let n = 0; n < RUNS; n++) {
		const [ours, theirs] = [await byNode(), await byHttp()];
		if (ours.ids.length !== COUNT || JSON.stringify(ours.ids) !== JSON.stringify(theirs.ids)) throw new Error('The lists differ');
		times.node.push(ours.ms);
		times.http.push(theirs.ms);
	}
	const ratio = median(times.http) / median(times.node);
	console.log(`Accutics node:     ${times.node.map(Math.round).join(', ')} ms; median ${Math.round(median(times.node))} ms`);
	console.log(`HTTP Request node: ${times.http.map(Math.round).join(', ')} ms; median ${Math.round(median(times.http))} ms`);
	console.log(`The Accutics node is ${ratio.toFixed(1)} times as fast (bar: ${BAR}), with the same ${COUNT} entities in the same order`);
	process.exitCode = ratio >= BAR ? 0 : 1;
} finally {
	await sandbox.stop();
	engine.close();
}

function median(values: readonly number[]): number {
	return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

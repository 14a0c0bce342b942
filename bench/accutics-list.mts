import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { editorToken } from '../sandbox/accutics/seed.mts';
import type { NodeRun } from '../test/support/engine.mts';
import { mustGive, ratio, type Contestant, type Lab, type Measure } from './support.mts';

const COUNT = 10_000;
/** What the sandbox begins with. */
const SEEDED = 245;
const PAGE_SIZE = 100;

/** Runs a node with the Accutics credential: the whole list, once small and once under the clock. */
function contestant(node: string, parameters: (lab: Lab) => INodeParameters, idsOf: (json: IDataObject) => unknown[]): Contestant {
	return async (lab) => {
		const { control, engine, url } = lab;
		const credential = engine.credentials.add('accuticsApi', { baseUrl: `${url}/accutics`, token: editorToken });
		const list = async (): Promise<NodeRun> => {
			const run = await engine.runNode({ node, parameters: parameters(lab), credentials: { accuticsApi: credential } });
			return mustGive(run, run.outputs[0]?.length ?? 0);
		};
		await control.reset('accutics');
		await list();
		await control.seed('items', COUNT - SEEDED, 'accutics');
		await control.settings('accutics', { latencyMs: 50, journal: 'counts' });
		const { result, figures } = await lab.measure(list);
		mustBeInOrder((result.outputs[0] ?? []).flatMap(({ json }) => idsOf(json)), await idsInSandbox(lab));
		return figures;
	};
}

/** What the sandbox itself says, past n8n. */
async function idsInSandbox({ control, url }: Lab): Promise<unknown[]> {
	await control.settings('accutics', { latencyMs: 0 });
	const ids: unknown[] = [];
	for (let next: string | null = `${url}/accutics/sandbox/items?page_size=${PAGE_SIZE}`; next !== null; ) {
		const answer: Response = await fetch(next, { headers: { Authorization: `Bearer ${editorToken}` } });
		const page = (await answer.json()) as { data: IDataObject[]; meta: { pagination: { next: string | null } } };
		for (const { id } of page.data) ids.push(id);
		next = page.meta.pagination.next;
	}
	return ids;
}

function mustBeInOrder(ids: readonly unknown[], wanted: readonly unknown[]): void {
	if (wanted.length !== COUNT) throw new Error(`The sandbox holds ${wanted.length} entities in place of ${COUNT}`);
	if (JSON.stringify(ids) !== JSON.stringify(wanted)) throw new Error('The list is not what the sandbox holds, in its order');
}

const OURS = 'Accutics node';
const HTTP = 'HTTP Request node';

export const accuticsList: Measure = {
	title: 'Accutics: list 10,000 entities, 100 a page, 50 ms a page',
	columns: { ms: 'time', cpuMs: 'processor time', heapBytes: 'peak heap', rssBytes: 'resident memory' },
	contestants: {
		[OURS]: contestant(
			'accutics',
			() => ({ resource: 'entity', operation: 'getAll', path: '/sandbox/items', returnAll: true, options: { pageSize: PAGE_SIZE } }),
			({ id }) => [id],
		),
		[HTTP]: contestant(
			'n8n-nodes-base.httpRequest',
			({ url }) => ({
				url: `${url}/accutics/sandbox/items?page_size=${PAGE_SIZE}`,
				authentication: 'predefinedCredentialType',
				nodeCredentialType: 'accuticsApi',
				options: {
					response: { response: { responseFormat: 'json' } },
					pagination: {
						pagination: {
							paginationMode: 'responseContainsNextURL',
							nextURL: '={{ $response.body.meta.pagination.next }}',
							paginationCompleteWhen: 'other',
							completeExpression: '={{ !$response.body.meta.pagination.next }}',
							limitPagesFetched: false,
						},
					},
				},
			}),
			({ data }) => (data as IDataObject[]).map(({ id }) => id),
		),
	},
	bars: (runs) => [{ what: 'times as fast as the HTTP Request node following `next`', measured: ratio(runs, 'ms', HTTP, OURS), atLeast: 3.5, unit: 'times' }],
};

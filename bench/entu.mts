/** The same work on Entu done in three ways: by our node, by n8n's HTTP Request node with the same credential, and by a bare loop of `fetch`. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { Control } from '../sandbox/client.mts';
import { known, ownerKey } from '../sandbox/entu/seed-known.mts';
import type { NodeRun, NodeRunOptions, StoredCredential } from '../test/support/engine.mts';
import { mustGive, type Contestant, type Lab } from './support.mts';

export const httpRequest = 'n8n-nodes-base.httpRequest';

/** Adds entities until there are so many of a type. */
export async function fill(control: Control, type: string, count: number): Promise<void> {
	const there = await control.seed(type, 0);
	if (there > count) throw new Error(`The sandbox begins with ${there} of "${type}", which is more than ${count}`);
	for (let left = count - there; left > 0; left -= MOST_AT_ONCE) await control.seed(type, Math.min(left, MOST_AT_ONCE));
}

/** More of them would take longer than `fetch` waits for an answer. */
const MOST_AT_ONCE = 50_000;

export function credentialOf({ engine, url }: Lab): StoredCredential {
	return engine.credentials.add('entuApi', { baseUrl: `${url}/entu`, database: known.database, apiKey: ownerKey });
}

export const entityUrl = ({ url }: Lab): string => `${url}/entu/${known.database}/entity`;

/** A session token for requests that go past n8n. */
export async function tokenFor({ url }: Lab): Promise<string> {
	const answer = await fetch(`${url}/entu/auth?db=${known.database}`, { headers: { Authorization: `Bearer ${ownerKey}` } });
	return String(((await answer.json()) as IDataObject).token);
}

/** Runs our node. */
export async function runEntu(
	{ engine }: Lab,
	credential: StoredCredential,
	parameters: INodeParameters,
	options: Partial<NodeRunOptions> = {},
): Promise<NodeRun> {
	return await engine.runNode({ node: 'entu', parameters, credentials: { entuApi: credential }, ...options });
}

/** Runs n8n's HTTP Request node with the credential of our node. */
export async function runHttp(
	{ engine }: Lab,
	credential: StoredCredential,
	parameters: INodeParameters,
	options: Partial<NodeRunOptions> = {},
): Promise<NodeRun> {
	const authentication = { authentication: 'predefinedCredentialType', nodeCredentialType: 'entuApi' };
	return await engine.runNode({
		node: httpRequest,
		parameters: { ...authentication, ...parameters },
		credentials: { entuApi: credential },
		...options,
	});
}

export interface ListWork {
	readonly typeId: string;
	/** How many entities there are of the type. */
	readonly count: number;
	readonly pageSize: number;
	/** There are more of the type, and only `count` are asked for. */
	readonly isLimited?: boolean;
}

/** Our node, operation Get Many with Return All. Without a page size, the node chooses. */
export function listByEntu(work: Omit<ListWork, 'pageSize'> & { readonly pageSize?: number }, simplify: boolean): Contestant {
	return async (lab) => {
		const credential = credentialOf(lab);
		const list = async ({ typeId, count, isLimited = false, pageSize }: typeof work): Promise<NodeRun> =>
			await runEntu(lab, credential, {
				resource: 'entity',
				operation: 'getAll',
				typeId: { __rl: true, mode: 'id', value: typeId },
				...(isLimited ? { returnAll: false, limit: count } : { returnAll: true }),
				output: simplify ? 'simplified' : 'raw',
				options: pageSize === undefined ? {} : { pageSize },
			});
		await list(few(work));
		const { result, figures } = await lab.measure(async () => await list(work));
		mustGive(result, work.count);
		return figures;
	};
}

/** The HTTP Request node with its own pagination, which ends as soon as the total is reached and parses JSON without guessing. */
export function listByHttp(work: ListWork): Contestant {
	return async (lab) => {
		const credential = credentialOf(lab);
		const list = async ({ typeId, pageSize }: ListWork): Promise<NodeRun> =>
			await runHttp(lab, credential, {
				method: 'GET',
				url: entityUrl(lab),
				sendQuery: true,
				queryParameters: {
					parameters: [
						{ name: '_type.reference', value: typeId },
						{ name: 'limit', value: String(pageSize) },
					],
				},
				options: {
					response: { response: { responseFormat: 'json' } },
					pagination: {
						pagination: {
							paginationMode: 'updateAParameterInEachRequest',
							parameters: { parameters: [{ type: 'qs', name: 'skip', value: `={{ $pageCount * ${pageSize} }}` }] },
							paginationCompleteWhen: 'other',
							completeExpression: '={{ $response.body.skip + $response.body.limit >= $response.body.count }}',
							limitPagesFetched: false,
							requestInterval: 0,
						},
					},
				},
			});
		await list(few(work));
		const { result, figures } = await lab.measure(async () => await list(work));
		mustGive(result, Math.ceil(work.count / work.pageSize));
		const entities = result.outputs[0]?.reduce((sum, { json }) => sum + (json.entities as unknown[]).length, 0);
		if (entities !== work.count) throw new Error(`${entities} entities came out in place of ${work.count}`);
		return figures;
	};
}

/** No n8n: `fetch` with its kept-alive connections, so many pages at once, parsed and put together in order. */
export function listByFetch(work: ListWork, parallel: number): Contestant {
	return async (lab) => {
		const headers = { Authorization: `Bearer ${await tokenFor(lab)}` };
		const list = async ({ typeId, pageSize }: ListWork): Promise<unknown[]> => {
			const page = async (index: number): Promise<{ entities: unknown[]; count: number }> => {
				const query = new URLSearchParams({ '_type.reference': typeId, limit: String(pageSize), skip: String(index * pageSize) });
				const answer = await fetch(`${entityUrl(lab)}?${query.toString()}`, { headers });
				return (await answer.json()) as { entities: unknown[]; count: number };
			};
			const first = await page(0);
			const pages = [first.entities];
			const last = Math.ceil(first.count / pageSize);
			let next = 1;
			const worker = async (): Promise<void> => {
				for (let index = next++; index < last; index = next++) pages[index] = (await page(index)).entities;
			};
			await Promise.all(Array.from({ length: parallel }, worker));
			return pages.flat();
		};
		await list(few(work));
		const { result, figures } = await lab.measure(async () => await list(work));
		if (result.length !== work.count) throw new Error(`${result.length} entities came out in place of ${work.count}`);
		return figures;
	};
}

/** For warming up: a type of which the sandbox has a few hundred entities. */
const few = <Work extends Pick<ListWork, 'typeId'>>(work: Work): Work => ({ ...work, typeId: known.typeAuthor });

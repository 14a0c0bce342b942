import type { IDataObject } from 'n8n-workflow';

import { idIn, isRecord, recordsIn, textOf } from '../../shared/guards';
import { saidOf, type Finding, type Probed, type Prober } from '../../shared/operation/probe';
import type { Endpoint } from '../values/endpoints';
import type { Answer } from '../wire/answer';

/** A list that the account answers for. */
export interface Existing extends Endpoint {
	readonly records: readonly IDataObject[];
	readonly evidence: string;
	readonly pagination: IDataObject | undefined;
}

/**
 * Concepts of the platform (accutics.md §1) as paths may spell them: none of them is documented as one. The service answers 400
 * `invalid_route` for what does not exist (accutics.md §2.6), so that asking tells.
 */
const NAMES = ['campaigns', 'projects', 'records', 'datasets', 'submissions', 'users', 'accounts', 'divisions', 'options', 'drafts'];
const PREFIXES = ['', '/v0', '/v1', '/api/v1', '/api', '/v2'];
const FIRST_NAMES = NAMES.slice(0, 2);
/** Entities to ask for, so that their fields can be compared. */
const SAMPLES = 3;

/**
 * Which lists exist: those that the credential names, and likely ones.
 * @param most so many requests at most, so that some are left for the questions that come after
 */
export async function findEndpoints(prober: Prober, named: readonly Endpoint[], findings: Finding[], most: number): Promise<Existing[]> {
	const existing: Existing[] = [];
	const asked = new Set<string>();
	const odd: string[] = [];
	const ask = async (endpoint: Endpoint): Promise<boolean> => {
		if (asked.has(endpoint.path) || prober.count >= most) return false;
		asked.add(endpoint.path);
		const probed = await prober.ask(endpoint.path, { page_size: SAMPLES });
		const found = probed && existingAt(endpoint, probed);
		if (found) existing.push(found);
		else if (probed && !saysNoRoute(probed)) odd.push(`${probed.request}: ${saidOf(probed)}`);
		return found !== undefined;
	};
	for (const endpoint of named) {
		if (!(await ask(endpoint))) findings.push({ setting: endpoint.name, value: '', evidence: `${endpoint.path}: there is no such endpoint, or no request was left for it` });
	}
	const known = existing.map(({ path }) => path.slice(0, path.lastIndexOf('/')))[0];
	const used = known ?? (await prefixThatAnswers(ask));
	for (const name of used === undefined ? [] : NAMES) await ask(likely(used ?? '', name));
	if (existing.length === 0) {
		findings.push({ setting: 'Endpoints', value: '', evidence: `Nothing answered under ${PREFIXES.map((prefix) => prefix || '/').join(', ')} with the names ${FIRST_NAMES.join(', ')}. Enter the paths from your API documentation` });
	}
	if (odd.length > 0) findings.push({ setting: 'Other Answers', value: '', evidence: `Neither a list nor "there is no such endpoint": ${odd.join('; ')}` });
	return existing;
}

function saysNoRoute({ failure }: Probed): boolean {
	return failure?.details?.code === 'invalid_route' || failure?.status === 404;
}

async function prefixThatAnswers(ask: (endpoint: Endpoint) => Promise<boolean>): Promise<string | undefined> {
	for (const prefix of PREFIXES) {
		for (const name of FIRST_NAMES) if (await ask(likely(prefix, name))) return prefix;
	}
	return undefined;
}

function likely(prefix: string, name: string): Endpoint {
	return { name: name.charAt(0).toUpperCase() + name.slice(1), path: `${prefix}/${name}`, idField: 'id' };
}

/** A list in the service's envelope, or the refusal of somebody without a role there (accutics.md §2.6): both say that it exists. */
function existingAt(endpoint: Endpoint, probed: Probed): Existing | undefined {
	const { failure } = probed;
	if (failure) {
		if (failure.reason !== 'no access') return undefined;
		return { ...endpoint, records: [], pagination: undefined, evidence: `${probed.request}: ${saidOf(probed)}. It exists, but the API user needs a role there` };
	}
	const { body } = probed.body as Answer;
	if (!isRecord(body) || !Array.isArray(body.data)) return undefined;
	const meta = isRecord(body.meta) ? body.meta : {};
	const records = recordsIn(body.data);
	const pagination = isRecord(meta.pagination) ? meta.pagination : undefined;
	const total = typeof pagination?.total_items === 'number' ? ` of ${pagination.total_items}` : '';
	return { ...endpoint, records, pagination, evidence: `${probed.request}: ${records.length}${total} entities, endpoint ${textOf(meta.endpoint) ?? 'without a name'}` };
}

/** The field that tells the entities apart: the first likely one under whose value the service gives the same entity. */
export async function findIdField(prober: Prober, { path, records, idField }: Existing): Promise<{ field: string; evidence: string } | undefined> {
	const [sample = {}] = records;
	const names = [...new Set([idField, 'id', 'uuid', 'key', 'code', ...Object.keys(sample).filter((name) => /(^|_)(id|key|code)$/.test(name))])];
	for (const field of names.filter((name) => tellsApart(records, name)).slice(0, 2)) {
		const probed = await prober.ask(`${path}/${encodeURIComponent(idIn(sample[field]) ?? '')}`);
		if (!probed) return undefined;
		const body = probed.failure ? undefined : (probed.body as Answer).body;
		const entity = isRecord(body) ? body.data : undefined;
		if (isRecord(entity) && entity[field] === sample[field]) return { field, evidence: `${probed.request} gave the entity with this ${field}` };
	}
	return undefined;
}

function tellsApart(records: readonly IDataObject[], name: string): boolean {
	const values = records.map((record) => idIn(record[name]));
	return values.every((value) => value !== undefined) && new Set(values).size === values.length;
}

/** Whether a query parameter with the name of a field narrows the list down. */
export async function findFilter(prober: Prober, { path, records }: Existing): Promise<Finding | undefined> {
	const [sample = {}] = records;
	const field = Object.keys(sample).find((name) => textOf(sample[name]) !== undefined && new Set(records.map((record) => record[name])).size > 1);
	if (field === undefined) return undefined;
	const value = sample[field];
	const probed = await prober.ask(path, { [field]: value, page_size: SAMPLES });
	if (!probed) return undefined;
	const body = probed.failure ? undefined : (probed.body as Answer).body;
	const found = isRecord(body) ? recordsIn(body.data) : [];
	const narrows = found.length > 0 && found.every((record) => record[field] === value);
	const said = probed.failure ? saidOf(probed) : `${found.length} entities, ${narrows ? `all with this ${field}` : 'others among them: it is ignored'}`;
	return { setting: 'Query Parameters', value: narrows ? 'by the name of a field' : '', evidence: `${probed.request}: ${said}` };
}

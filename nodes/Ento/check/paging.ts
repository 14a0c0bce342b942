import type { IDataObject } from 'n8n-workflow';

import { idIn } from '../../shared/guards';
import type { Prober } from '../../shared/operation/probe';
import type { Differences } from '../values/differences';
import { nextIn } from '../wire/answer';
import { listedIn, type Found } from './findings';
import type { Placed } from './paths';

const SIZE = 2;

/** Ways to ask for the third and fourth record. */
const WAYS: ReadonlyArray<{ readonly query: IDataObject; readonly paging: NonNullable<Differences['paging']> }> = [
	{ query: { page: 2, per_page: SIZE }, paging: { mode: 'page' } },
	{ query: { offset: SIZE, limit: SIZE }, paging: { mode: 'offset' } },
	{ query: { page: 2, limit: SIZE }, paging: { mode: 'page', sizeParameter: 'limit' } },
	{ query: { skip: SIZE, take: SIZE }, paging: { mode: 'offset', offsetParameter: 'skip', limitParameter: 'take' } },
	{ query: { page: 2, page_size: SIZE }, paging: { mode: 'page', sizeParameter: 'page_size' } },
];

/** How the list of shifts comes in pages: by the link or token that its answer names, else by what brings the third and fourth record. */
export async function findPaging(prober: Prober, { differences, findings }: Found, shifts: Placed): Promise<void> {
	const whole = await prober.ask(shifts.path, { per_page: SIZE });
	const all = shifts.records.map(({ id }) => idIn(id));
	if (!whole) return;
	const [link, token] = [nextIn(whole.body, 'link'), nextIn(whole.body, 'cursor')];
	if (link !== undefined || token !== undefined) {
		differences.paging = link === undefined ? { mode: 'cursor' } : { mode: 'nextUrl' };
		findings.push({ setting: 'paging', value: JSON.stringify(differences.paging), evidence: `${whole.request} named ${link === undefined ? 'a token' : 'the address'} of the next page` });
		return;
	}
	for (const { query, paging } of WAYS) {
		const probed = await prober.ask(shifts.path, query);
		if (!probed) break;
		const ids = (listedIn(probed)?.records ?? []).map(({ id }) => idIn(id));
		if (ids.length !== SIZE || ids.some((id, i) => id === undefined || id !== all[SIZE + i])) continue;
		if (paging.mode !== 'page' || paging.sizeParameter) differences.paging = paging;
		findings.push({ setting: 'paging', value: JSON.stringify(paging), evidence: `${probed.request} brought the third and fourth record` });
		return;
	}
	if (prober.over !== undefined) return;
	differences.paging = { mode: 'off' };
	findings.push({ setting: 'paging', value: '{"mode":"off"}', evidence: `${shifts.path} sent ${all.length} records whatever page was asked for` });
}

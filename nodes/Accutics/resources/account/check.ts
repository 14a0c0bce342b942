import type { IDataObject } from 'n8n-workflow';

import type { Call } from '../../../shared/operation/call';
import { defineOperation } from '../../../shared/operation/operation';
import { records, type Output } from '../../../shared/operation/output';
import { MOST_PROBES, Prober, type Finding } from '../../../shared/operation/probe';
import { findEndpoints, findFilter, findIdField, type Existing } from '../../check/endpoints';
import { endpointsIn } from '../../values/endpoints';

/** Requests that are kept for IDs and filters. */
const KEPT = 6;

export const check = defineOperation({
	name: 'Check',
	value: 'check',
	action: 'Check Accutics account',
	description: 'Find out by at most 25 harmless requests which endpoints this account answers for, with the values to enter in the credential',
	effect: 'read',
	hasFixedOutput: true,
	fields: [],
	run: checkAccount,
});

/** Nothing of this is documentation of Accutics: it is what this account answered. */
async function checkAccount(call: Call): Promise<Output[]> {
	const prober = new Prober(call.client);
	const findings: Finding[] = [];
	const named = endpointsIn(call.client.setting('endpoints'));
	const existing = await findEndpoints(prober, named, findings, MOST_PROBES - KEPT);
	const entries: Array<[string, IDataObject[string]]> = [];
	for (const endpoint of existing) {
		const id = endpoint.records.length > 0 && prober.count < MOST_PROBES - 1 ? await findIdField(prober, endpoint) : undefined;
		const field = id?.field ?? endpoint.idField;
		entries.push([endpoint.name, field === 'id' ? endpoint.path : { path: endpoint.path, idField: field }]);
		findings.push({ setting: endpoint.name, value: field === 'id' ? endpoint.path : `${endpoint.path} ; ${field}`, evidence: [endpoint.evidence, id?.evidence].filter(Boolean).join('. ') });
		findings.push(pagingOf(endpoint));
	}
	const readable = existing.find(({ records: sample }) => sample.length > 1);
	const filter = readable && (await findFilter(prober, readable));
	if (filter) findings.push(filter);
	return records([result(entries, prober), ...findings.map((finding) => ({ ...finding }))]);
}

function pagingOf({ name, pagination, records: sample }: Existing): Finding {
	const setting = `${name}: pages`;
	if (pagination) return { setting, value: 'page, page_size', evidence: `The answer has meta.pagination: ${Object.keys(pagination).join(', ')}` };
	return { setting, value: '', evidence: sample.length > 0 ? `The answer has no meta.pagination: ${sample.length} entities came at once` : 'No list was read' };
}

function result(entries: ReadonlyArray<[string, IDataObject[string]]>, prober: Prober): IDataObject {
	const asked = `${prober.count} requests, all GET. ${prober.over === undefined ? '' : `${prober.over}. `}`;
	const evidence =
		entries.length === 0
			? `${asked}No endpoint was found: enter the paths from your API documentation`
			: `${asked}Paste the value into 'Endpoints' in the credential, and give the names that your people know. It is what this account answered, not documentation of Accutics`;
	return { setting: 'Endpoints', value: entries.length === 0 ? '' : JSON.stringify(Object.fromEntries(entries), null, 2), evidence };
}

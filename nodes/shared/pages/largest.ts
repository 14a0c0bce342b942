import type { IDataObject } from 'n8n-workflow';

import { alike } from './alike';
import type { Pager } from './page';

/**
 * Pages by the largest number received so far, for services that send what comes after a given one, name no next page and promise no
 * order within a page. Ends with a page that brings nothing unseen.
 * @param parameter what `ask` gets in its query: the number to go on after
 * @param field field of a record that holds its number; records without one are told apart by their content
 * @param start the number to begin after
 * @param mostRequests a service that never comes to an end is left alone after so many, which the user is told
 */
export function byLargest(parameter: string, field: string, start: number, mostRequests: number): Pager {
	return async function* ({ ask, wanted, note }) {
		const seen = new Set<string>();
		let largest = start;
		let got = 0;
		let hasTwins = false;
		for (let requests = 1; ; requests++) {
			const { records } = await ask({ query: { [parameter]: largest } });
			const { fresh, identities } = distinct(records.filter((record) => !seen.has(identityOf(record, field))), field);
			for (const identity of identities) seen.add(identity);
			if (fresh.length === 0) return;
			for (const record of fresh) largest = Math.max(largest, numberIn(record[field]) ?? largest);
			if (!hasTwins && fresh.length > identities.size) {
				hasTwins = true;
				note(`Several records have the same ${field}. Where the service ends an answer between them, the rest of them are missing.`);
			}
			yield fresh;
			got += fresh.length;
			if (got >= wanted) return;
			if (requests === mostRequests) {
				return note(`Reading stopped after ${requests} answers, so records may be missing. Go on after ${largest} to read the rest.`);
			}
		}
	};
}

/** The records of a page without repetitions. Different ones may share an identity where their number is none. */
function distinct(records: readonly IDataObject[], field: string): { fresh: IDataObject[]; identities: ReadonlySet<string> } {
	const twins = new Map<string, IDataObject[]>();
	const fresh = records.filter((record) => {
		const identity = identityOf(record, field);
		const others = twins.get(identity) ?? [];
		if (others.some((other) => alike(other, record))) return false;
		twins.set(identity, [...others, record]);
		return true;
	});
	return { fresh, identities: new Set(twins.keys()) };
}

function identityOf(record: IDataObject, field: string): string {
	const number = numberIn(record[field]);
	return number === undefined ? JSON.stringify(record) : String(number);
}

/** A number, also where the service writes it as text. */
function numberIn(value: unknown): number | undefined {
	const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

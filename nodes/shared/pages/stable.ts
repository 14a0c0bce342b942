import type { IDataObject } from 'n8n-workflow';

import type { IdOf, Pager } from './page';

const MOST_PASSES = 5;

/**
 * Reads a list again as long as it changes while it is read, and gives out what the passes before have missed.
 * @param pager the way through the list
 * @param idOf what tells its records apart; those without an ID are given in the first pass only
 */
export function untilStable(pager: Pager, idOf: IdOf): Pager {
	return async function* (source) {
		const seen = new Set<string>();
		for (let pass = 1; ; pass++) {
			let change: string | undefined;
			const noteChange = (sentence: string): void => void (change = sentence);
			for await (const page of pager({ ...source, noteChange })) yield unseen(page, idOf, seen, pass === 1);
			if (change === undefined || seen.size >= source.wanted) return;
			if (pass === MOST_PASSES) return source.note(`${change} It was read ${pass} times and never stayed the same, so records may be missing.`);
		}
	};
}

function unseen(page: readonly IDataObject[], idOf: IdOf, seen: Set<string>, isFirstPass: boolean): readonly IDataObject[] {
	const fresh = page.filter((record) => {
		const id = idOf(record);
		return id === undefined ? isFirstPass : !seen.has(id);
	});
	for (const record of fresh) {
		const id = idOf(record);
		if (id !== undefined) seen.add(id);
	}
	return fresh.length === page.length ? page : fresh;
}

import type { IDataObject } from 'n8n-workflow';

import { refuse } from '../../shared/answer/failure';
import { idIn, isRecord } from '../../shared/guards';
import type { Call } from '../../shared/operation/call';
import { byCursor, byLink, byOffset, byPage, untilStable, type Caution, type IdOf, type Pager } from '../../shared/pages';
import { differencesOf } from '../values/differences';
import { PAGING_MODES, type PagingMode } from '../values/proposals';
import type { Next } from './answer';

export const PAGE_SIZE = 100;
export const MOST_PAGES = 100;

export interface Paging {
	readonly pager: Pager;
	/** What an answer names for the next page; nothing where pages are counted. */
	readonly next?: Next;
}

const idOf: IdOf = ({ id }) => idIn(id);

/**
 * The way through a list that the user chose, and its stop rules (vendors/ento.md §5.4).
 * @param usual the way when nothing was chosen
 * @param isWhole whether answers are wanted as they came
 */
export function pagingOf(call: Call, usual: PagingMode, isWhole: boolean): Paging {
	const paging = chosenPaging(call, usual, isWhole);
	if (isWhole || !call.flag('options.readUntilStable')) return paging;
	return { ...paging, pager: untilStable(paging.pager, idOf) };
}

function chosenPaging(call: Call, usual: PagingMode, isWhole: boolean): Paging {
	const { mode, text, count } = settingsOf(call, usual);
	const size = count('pageSize', PAGE_SIZE);
	const caution: Caution = { idOf, keepsDoubles: isWhole, mostPages: count('maxPages', MOST_PAGES) };
	const sizeName = text('sizeParameter', 'per_page');
	const sizeQuery = sizeName ? { [sizeName]: Math.min(size, call.wanted()) } : {};
	switch (mode) {
		case 'off':
			return { pager: onePage };
		case 'page':
			return { pager: byPage({ page: text('pageParameter', 'page') || 'page', size: sizeName }, size, count('firstPage', 1, 0), caution) };
		case 'offset':
			return { pager: byOffset({ offset: text('offsetParameter', 'offset') || 'offset', limit: text('limitParameter', 'limit') }, size, caution) };
		case 'nextUrl':
			return { pager: byLink(sizeQuery, caution), next: { kind: 'link', property: text('nextProperty', '') } };
		case 'cursor':
			return {
				pager: byCursor(text('cursorParameter', 'cursor') || 'cursor', sizeQuery, caution),
				next: { kind: 'cursor', property: text('cursorProperty', '') },
			};
	}
}

interface Settings {
	readonly mode: PagingMode;
	/** A setting as text; empty when the user has emptied it. */
	readonly text: (name: string, fallback: string) => string;
	/** A whole number. */
	readonly count: (name: string, fallback: number, least?: number) => number;
}

function settingsOf(call: Call, usual: PagingMode): Settings {
	const { settings } = call.object('options.paging');
	const ofAccount = differencesOf(call.client).paging ?? {};
	const given: IDataObject = isRecord(settings) ? settings : ofAccount;
	return {
		mode: (isRecord(settings) ? ('mode' in given ? call.optionalChoice('options.paging.settings.mode', PAGING_MODES) : undefined) : ofAccount.mode) ?? usual,
		text: (name, fallback) => String(given[name] ?? fallback).trim(),
		count: (name, fallback, least = 1) => {
			const value = Number(given[name] ?? fallback);
			return Number.isInteger(value) && value >= least ? value : refuse(call.label(name), `"${String(given[name])}" is not possible`, `Enter a whole number from ${least}`);
		},
	};
}

const onePage: Pager = async function* ({ ask, note }) {
	const page = await ask({});
	yield page.records;
	if (page.last === false || (page.total ?? 0) > page.records.length) {
		note("Ento has more records than it sent. Say in the credential how its lists come in pages: paging under 'API Differences'");
	}
};

import type { Request } from 'express';

export interface PageSettings {
	/** assumed: whether the addresses in `meta.pagination` name the host. */
	links: 'absolute' | 'relative';
	/** Origin that `next` points to in place of the service's own. */
	nextOrigin: string | null;
	/** `next` leads back to the first page for ever. */
	nextLoop: boolean;
	/** Which members of `meta.pagination` are there; none is documented as required. */
	members: 'all' | 'links' | 'totals';
	/** The parameter `page` counts for nothing. */
	ignorePage: boolean;
}

export const pageDefaults: PageSettings = { links: 'absolute', nextOrigin: null, nextLoop: false, members: 'all', ignorePage: false };

export interface Paged<T> {
	data: T[];
	pagination: Record<string, unknown>;
}

const DEFAULT_SIZE = 20;

/** One page of a list, and what leads to the others (vendors/accutics.md §2.5). @param max the endpoint's largest page size */
export function paginate<T>(req: Request, settings: PageSettings, list: readonly T[], max: number): Paged<T> {
	// Documented: larger sizes are reduced without a word. assumed: anything but a positive number counts as not given.
	const size = Math.min(positive(req.query.page_size) ?? DEFAULT_SIZE, max);
	const page = settings.ignorePage ? 1 : (positive(req.query.page) ?? 1);
	const last = Math.max(1, Math.ceil(list.length / size));
	const address = (number: number) => addressOf(req, settings, number);
	const next = settings.nextLoop ? address(1) : page < last ? address(page + 1) : null;
	const links = {
		first: address(1),
		previous: page > 1 ? address(Math.min(page - 1, last)) : null,
		current: address(page),
		next: next === null ? null : elsewhere(next, settings.nextOrigin),
		last: address(last),
	};
	const totals = { items_per_page: size, total_items: list.length };
	const names = { page_param: 'page', size_param: 'page_size' };
	return {
		data: list.slice((page - 1) * size, page * size),
		pagination: {
			...(settings.members === 'totals' ? {} : links),
			...(settings.members === 'links' ? {} : totals),
			...names,
		},
	};
}

function positive(value: unknown): number | undefined {
	const number = Number(value);
	return Number.isInteger(number) && number > 0 ? number : undefined;
}

/** The address of a page, with everything else the caller asked for. */
function addressOf(req: Request, { links }: PageSettings, page: number): string {
	const url = new URL(`${req.protocol}://${req.get('host') ?? ''}${req.originalUrl}`);
	url.searchParams.set('page', String(page));
	return links === 'absolute' ? url.toString() : url.pathname + url.search;
}

function elsewhere(address: string, origin: string | null): string {
	if (origin === null) return address;
	const { pathname, search } = new URL(address, origin);
	return origin + pathname + search;
}

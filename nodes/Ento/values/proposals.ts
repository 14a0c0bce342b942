/**
 * What the API calls its parameters, by ours: proposals for what Ento documents without spelling (vendors/ento.md §3), each of which can
 * be replaced in the credential.
 */
export const PROPOSED_NAMES = {
	area: 'area',
	assigned: 'assigned',
	commencementDate: 'commencement_date',
	deleted: 'deleted',
	earningRates: 'earning_rates',
	endDate: 'end_date',
	firstName: 'first_name',
	includeEmployee: 'include_employee',
	includeRole: 'include_role',
	role: 'role',
	startDate: 'start_date',
	status: 'status',
} as const;

export type ParameterName = keyof typeof PROPOSED_NAMES;

export const DATE_FORMAT = 'yyyy-MM-dd';

/** The ways in which a list may come page by page; the one that Ento uses isn't public (vendors/ento.md §3.5). */
export const PAGING_MODES = ['off', 'page', 'offset', 'nextUrl', 'cursor'] as const;

export type PagingMode = (typeof PAGING_MODES)[number];

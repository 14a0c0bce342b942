import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import type { Failure } from '../../shared/answer/failure';
import { parseJson } from '../../shared/answer/outcome';
import { isRecord, textOf } from '../../shared/guards';
import type { Client } from '../../shared/service/client';
import { PAGING_MODES, PROPOSED_NAMES, type PagingMode, type ParameterName } from './proposals';

/** How the API of an account differs from the proposals of this node (vendors/ento.md §3): said once, in the credential. */
export interface Differences {
	readonly employeesPath?: string;
	readonly shiftsPath?: string;
	readonly locationsPath?: string;
	readonly rolesPath?: string;
	/** What the API calls the query parameters, by ours. */
	readonly parameterNames?: Partial<Record<ParameterName, string>>;
	readonly booleanFormat?: 'trueFalse' | 'oneZero';
	readonly dateFormat?: string;
	/** Where the records stand in an answer; several places are separated by commas. */
	readonly itemsProperty?: string;
	readonly paging?: PagingDifferences;
}

type PagingDifferences = { readonly mode?: PagingMode } & { readonly [name in PagingText]?: string } & { readonly [name in PagingCount]?: number };
type PagingText = (typeof PAGING_TEXTS)[number];
type PagingCount = keyof typeof PAGING_COUNTS;

const PAGING_TEXTS = ['pageParameter', 'sizeParameter', 'offsetParameter', 'limitParameter', 'nextProperty', 'cursorParameter', 'cursorProperty'] as const;
/** By the least that is possible. */
const PAGING_COUNTS = { firstPage: 0, pageSize: 1, maxPages: 1 } as const;

/** What the credential says. Nothing of it can be unreadable: such a credential is refused before it is used (`unreadableDifferences`). */
export function differencesOf(client: Client): Differences {
	return differencesIn(client.setting('apiDifferences'));
}

/** What is entered under 'API Differences'; nothing where it can't be read. */
export function differencesIn(entered: unknown): Differences {
	const given = parseJson(String(entered ?? ''));
	return isRecord(given) ? (given as Differences) : {};
}

/** What keeps the field 'API Differences' from being understood. */
export function unreadableDifferences({ apiDifferences }: ICredentialDataDecryptedObject): Failure | undefined {
	const text = String(apiDifferences ?? '').trim();
	if (text === '') return undefined;
	const given = parseJson(text);
	const bad = isRecord(given) ? wrongIn(given, KEYS) : 'is no JSON object';
	return bad === undefined ? undefined : { reason: 'invalid input', parameter: 'API Differences', message: bad, fix: FIX };
}

const FIX = 'Open the credential and correct it, or enter the JSON that Account > Check gives out; empty, the proposals of the node hold';

/** What is wrong with the value of a key; nothing if it is right. */
type Check = (value: unknown) => string | undefined;

const aText: Check = (value) => (textOf(value)?.trim() ? undefined : 'is no text');
const aWholeNumberFrom = (least: number): Check => (value) => (Number.isInteger(value) && Number(value) >= least ? undefined : `is no whole number from ${least}`);
const oneOf = (...allowed: readonly string[]): Check => (value) => (allowed.includes(String(value)) ? undefined : `is not one of: ${allowed.join(', ')}`);
const anObjectOf = (checks: Readonly<Record<string, Check>>): Check => (value) => (isRecord(value) ? wrongIn(value, checks) : 'is no object');
const aDateFormat: Check = (value) => aText(value) ?? (namesEachDay(String(value)) ? undefined : 'does not name year, month and day: write yyyy, MM and dd');
const aTextOrNothing: Check = (value) => (typeof value === 'string' ? undefined : 'is no text');

const KEYS: Readonly<Record<string, Check>> = {
	employeesPath: aText,
	shiftsPath: aText,
	locationsPath: aText,
	rolesPath: aText,
	parameterNames: anObjectOf(Object.fromEntries(Object.keys(PROPOSED_NAMES).map((name) => [name, aText]))),
	booleanFormat: oneOf('trueFalse', 'oneZero'),
	dateFormat: aDateFormat,
	itemsProperty: aText,
	paging: anObjectOf({
		mode: oneOf(...PAGING_MODES),
		// An empty name of the page size says that none is sent.
		...Object.fromEntries(PAGING_TEXTS.map((name) => [name, aTextOrNothing])),
		...Object.fromEntries(Object.entries(PAGING_COUNTS).map(([name, least]) => [name, aWholeNumberFrom(least)])),
	}),
};

function wrongIn(given: Record<string, unknown>, checks: Readonly<Record<string, Check>>): string | undefined {
	for (const [name, value] of Object.entries(given)) {
		const check = Object.hasOwn(checks, name) ? checks[name] : undefined;
		if (!check) return `"${name}" is not known; known are: ${Object.keys(checks).join(', ')}`;
		const wrong = check(value);
		if (wrong !== undefined) return `"${name}" ${wrong}`;
	}
	return undefined;
}

/** The tokens of Luxon in a format of dates; Y and D are taken for y and d, because other tools write dates that way. */
export function luxonFormat(format: string): string {
	return format.replaceAll('Y', 'y').replaceAll('D', 'd');
}

/** Whether a format of dates tells one day from another. */
export function namesEachDay(format: string): boolean {
	const tokens = luxonFormat(format).replace(/'[^']*'/g, '');
	return /x/i.test(tokens) || (/y/.test(tokens) && /[ML]/.test(tokens) && /d/.test(tokens));
}

import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { normalizeBaseUrl } from '../../shared/addresses';
import { refuse, type Failure } from '../../shared/answer/failure';
import type { Client } from '../../shared/service/client';
import { assertNoHost, assertWhole } from '../../shared/service/paths';
import { differencesOf, unreadableDifferences } from '../values/differences';

/** Where the parts of the API are, unless the credential says otherwise: proposals, since Ento doesn't publish them (vendors/ento.md §3). */
export const PROPOSED = { baseUrl: 'https://api.ento.com', employeesPath: '/staff', shiftsPath: '/shifts' } as const;

export const HTTPS_ONLY = 'Ento is reached over HTTPS only. Let the base URL in the credential begin with https://';

const LOOPBACK = /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Whether a key may be sent to this address: over HTTPS, or without leaving this machine (vendors/ento.md §2, §5.1). */
export function isConfidential(address: string): boolean {
	if (!URL.canParse(address)) return false;
	const { protocol, hostname } = new URL(address);
	return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.test(hostname));
}

/** What keeps a credential from being used, such as an address that the key would travel to in the clear. */
export function unusable(credentials: ICredentialDataDecryptedObject): Failure | undefined {
	const { apiKey, baseUrl } = credentials;
	const key = String(apiKey ?? '').trim();
	if (key === '') return badCredential('API Key', 'is empty', 'enter the key that Ento Support has issued');
	if (!/^[\x21-\x7e]+$/.test(key)) return badCredential('API Key', 'holds a character that no key has', 'paste the key anew, without spaces and other text');
	const address = normalizeBaseUrl(baseUrl);
	if (!URL.canParse(address)) return badCredential('Base URL', 'is no web address', 'enter one that begins with https://');
	if (!isConfidential(address)) return badCredential('Base URL', 'does not begin with https://', 'correct it: Ento is reached over HTTPS only');
	return unreadableDifferences(credentials);
}

const PATH_TITLES = { employeesPath: 'Employees Path', shiftsPath: 'Shifts Path', locationsPath: 'Locations Path', rolesPath: 'Roles Path' } as const;

/** Where this account has something; empty where nobody has said so. @throws FailureError `invalid input` for anything that is no plain path */
export function pathOf(client: Client, name: keyof typeof PATH_TITLES): string {
	const proposed = name in PROPOSED ? PROPOSED[name as keyof typeof PROPOSED] : '';
	const path = differencesOf(client)[name] ?? (client.setting(name) || proposed);
	return path === '' ? '' : toPath(path, PATH_TITLES[name], client.setting('baseUrl'));
}

function badCredential(parameter: string, message: string, fix: string): Failure {
	return { reason: 'invalid input', parameter, message, fix: `Open the credential and ${fix}` };
}

/**
 * A path that a person entered, such as `/v1/areas` or `areas`: with a leading slash, without one at the end, each part encoded once.
 * @param parameter display name of the field it stands in
 * @param baseUrl what the path is below of
 * @throws FailureError `invalid input` for anything that is no plain path
 */
export function toPath(entered: string, parameter: string, baseUrl: string): string {
	const path = entered.trim().replace(/^\/|\/$/g, '');
	assertNoHost(parameter, path, baseUrl);
	if (/^[a-z][a-z0-9+.-]*:\/\//i.test(path)) return refuse(parameter, 'holds a whole address', 'Enter only what comes after the base URL, such as /areas');
	if (/[?#]/.test(path)) return refuse(parameter, 'holds a query', 'Enter the path alone, and the query as query parameters');
	if (path === '') return refuse(parameter, 'is empty', 'Enter a path such as /areas');
	return path.split('/').map((part) => `/${encodePart(part, parameter)}`).join('');
}

function encodePart(part: string, parameter: string): string {
	const plain = decodePart(part);
	if (plain === '') return refuse(parameter, 'has an empty part between two slashes', 'Fill it in; if it holds an expression, look at what it gives for this item');
	if (plain === '.' || plain === '..') return refuse(parameter, `has a part "${plain}", which leads to another address`, 'Enter the path without it');
	assertWhole(parameter, plain);
	return encodeURIComponent(plain);
}

function decodePart(part: string): string {
	try {
		return decodeURIComponent(part);
	} catch {
		return part;
	}
}

/**
 * The full address of a next page, which may be named without host. It stays on the host of the credential, since the client refuses
 * any other; a link that says http where the credential says https is followed over HTTPS.
 */
export function nextAddress(next: string, baseUrl: string, path: string): string {
	const from = baseUrl + path;
	if (!URL.canParse(next, from)) return next;
	const address = new URL(next, from);
	const base = new URL(baseUrl);
	if (base.protocol === 'https:' && address.hostname === base.hostname && address.port === base.port) address.protocol = 'https:';
	return address.toString();
}

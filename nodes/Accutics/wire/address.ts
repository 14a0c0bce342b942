import type { IDataObject } from 'n8n-workflow';

import { normalizeBaseUrl, originOf } from '../../shared/addresses';
import { refuse } from '../../shared/answer/failure';
import type { Call } from '../../shared/operation/call';
import { namedTexts, toQuery } from '../../shared/operation/values';
import { assertNoHost, assertWhole, path } from '../../shared/service/paths';

/** Where a request goes. */
export interface Address {
	/** Below the base URL, or a full address on its origin. */
	readonly path: string;
	readonly query: IDataObject;
}

const FULL = /^([a-z][a-z0-9+.-]*:\/\/[^/?#\\]*)(.*)$/i;
const LOOK = 'If it holds an expression, look at what it gives for this item';

/** The path and the query parameters that the user entered. @throws FailureError `invalid input` */
export function addressOf(call: Call): Address {
	const { path, query } = enteredPath(call);
	return { path, query: queryOf(call, query) };
}

/** The address of a list; its paging is the node's own matter. */
export function listAddressOf(call: Call): Address {
	const address = addressOf(call);
	const taken = ['page', 'page_size'].find((name) => name in address.query);
	if (taken) refuse(call.label('queryParameters'), `"${taken}" is set by the node`, "Remove it, also from the path. Use 'Limit' and the option 'Page Size'");
	return address;
}

/**
 * The address of one entity: its ID at the end of the path (accutics.md §5.2), or the path as it is typed.
 * @throws FailureError `invalid input`; also for a path that ends where its ID should stand, as an empty expression leaves it
 */
export function entityAddressOf(call: Call): Address {
	if (call.flag('pathAsTyped')) return completeAddressOf(call);
	const address = addressOf(call);
	return { ...address, path: address.path + path`/${call.requiredText('entityId')}` };
}

/** The same where the path is complete: one that changes or deletes something must not end where an ID seems to be missing. */
export function completeAddressOf(call: Call): Address {
	if (enteredPath(call).endsOpen) return refuse(call.label('path'), 'ends with a slash, as if an ID were missing', LOOK);
	return addressOf(call);
}

/** What the output of a delete names. */
export function targetOf(call: Call): IDataObject {
	const { path } = enteredPath(call);
	return call.flag('pathAsTyped') ? { path } : { path, id: call.requiredText('entityId') };
}

interface EnteredPath {
	readonly path: string;
	/** What followed a question mark. */
	readonly query: string;
	readonly endsOpen: boolean;
}

/** The path that the user chose or entered. @throws FailureError `invalid input` */
export function enteredPath(call: Call): EnteredPath {
	return readPath(call.label('path'), call.requiredText('path'), normalizeBaseUrl(call.client.setting('baseUrl')));
}

/**
 * A path as a person entered it, each part encoded once.
 * @param parameter display name of the field it stands in
 * @throws FailureError `invalid input`
 */
export function readPath(parameter: string, entered: string, baseUrl: string): EnteredPath {
	assertWhole(parameter, entered);
	assertNoHost(parameter, entered, baseUrl);
	const no = (message: string, fix: string): never => refuse(parameter, message, fix);
	const { start, rest } = belowBase(entered, baseUrl, no);
	if (rest.includes('#')) no('holds a #', 'Leave out what follows it; write %23 for the character itself');
	const at = rest.indexOf('?');
	const route = at < 0 ? rest : rest.slice(0, at);
	const parts = route.replace(/^\//, '').replace(/\/$/, '').split('/');
	if (parts.join('') === '') no('names no endpoint', 'Enter what follows the base URL in your API documentation');
	const path = `${start}/${parts.map((part) => toPart(part, no)).join('/')}`;
	return { path, query: at < 0 ? '' : rest.slice(at + 1), endsOpen: route.endsWith('/') };
}

/** Takes the base URL off a full address; one on another origin would hand the token to a stranger. */
function belowBase(entered: string, base: string, no: (message: string, fix: string) => never): { start: string; rest: string } {
	if (/^[/\\]{2}/.test(entered)) return no('is an address without http:// or https://', 'Enter what follows the base URL, with one slash in front');
	const [, origin, rest] = FULL.exec(entered) ?? [];
	if (origin === undefined || rest === undefined) return { start: '', rest: entered };
	if (originOf(origin) === undefined || originOf(origin) !== originOf(base)) {
		return no('is an address on another host than the base URL of the credential', 'Enter what follows the base URL, or use a credential for that host');
	}
	const prefix = new URL(base).pathname.replace(/\/$/, '');
	const isBelow = rest.startsWith(`${prefix}/`) || prefix === '';
	return isBelow ? { start: '', rest: rest.slice(prefix.length) } : { start: originOf(base) ?? '', rest };
}

const EMPTY = new Set(['undefined', 'null', '[object Object]', 'NaN']);

function toPart(entered: string, no: (message: string, fix: string) => never): string {
	const part = decoded(entered);
	if (part === '') return no('has an empty part between two slashes', LOOK);
	if (EMPTY.has(part)) return no(`holds "${part}" where a name or an ID should stand`, LOOK);
	if (part === '.' || part === '..' || [...part].some(isMisread)) return no(`holds "${entered}", which could lead to another address`, 'Enter the path without it');
	return encodeURI(part).replace(/[/?#]/g, encodeURIComponent);
}

/** Characters that software on the way may take for something else: backslash and control characters. */
function isMisread(character: string): boolean {
	return character === '\\' || character < ' ' || character === '\u007f';
}

/** A percent sign that begins no encoded character is meant as it stands. */
function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}

/** The parameters in the path and in the list; one that stands there several times is sent several times. */
function queryOf(call: Call, inPath: string): IDataObject {
	const parameter = call.label('queryParameters');
	const query = toQuery(parameter, [...new URLSearchParams(inPath), ...namedTexts(parameter, call.object('queryParameters').parameter)]);
	return Object.fromEntries(Object.entries(query).map(([name, values]) => [name, [values].flat().length === 1 ? [values].flat()[0] : values]));
}

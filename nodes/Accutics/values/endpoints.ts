import type { Failure } from '../../shared/answer/failure';
import { parseJson } from '../../shared/answer/outcome';
import { isRecord, textOf } from '../../shared/guards';

/** A list of the API, as an administrator has named it in the credential: which ones there are is not public (accutics.md §3). */
export interface Endpoint {
	readonly name: string;
	/** Below the base URL, with a leading slash. */
	readonly path: string;
	/** The field that tells its entities apart. */
	readonly idField: string;
}

const USUAL_ID_FIELD = 'id';
const FORM = 'Write one per line, such as: Campaigns = /campaigns';

/** The endpoints of a credential that was checked (`unreadableEndpoints`). */
export function endpointsIn(entered: unknown): Endpoint[] {
	return entriesOf(String(entered ?? '')).filter((entry) => typeof entry !== 'string');
}

/** What keeps the field 'Endpoints' of a credential from being read. */
export function unreadableEndpoints(entered: unknown): Failure | undefined {
	const entries = entriesOf(String(entered ?? ''));
	const bad = entries.find((entry) => typeof entry === 'string');
	if (bad !== undefined) return refused(`"${bad}" is no endpoint`);
	const names = endpointsIn(entered).map(({ name }) => name);
	const twice = names.find((name, i) => names.indexOf(name) < i);
	return twice === undefined ? undefined : refused(`the name "${twice}" is there twice`);
}

/** The field that tells the entities of a path apart, as far as the credential names it. */
export function idFieldFor(endpoints: readonly Endpoint[], path: string): string {
	return endpoints.find((endpoint) => plain(endpoint.path) === plain(path))?.idField ?? USUAL_ID_FIELD;
}

function refused(message: string): Failure {
	return { reason: 'invalid input', parameter: 'Endpoints', message: `In the credential, ${message}`, fix: `${FORM}. Name the ID field behind a semicolon if it is not id: Campaigns = /campaigns ; key` };
}

/** One entry a line, or a JSON object by name; what can't be read stays as text. */
function entriesOf(text: string): Array<Endpoint | string> {
	const json = parseJson(text);
	if (isRecord(json)) return Object.entries(json).map(([name, value]) => fromJson(name, value) ?? name);
	const lines = text.split(/\r?\n/).map((line) => line.trim());
	return lines.filter((line) => line !== '').map((line) => fromLine(line) ?? line);
}

function fromLine(line: string): Endpoint | undefined {
	const [, name = '', path = '', idField = ''] = /^([^=]+)=([^;]+)(?:;(.*))?$/.exec(line) ?? [];
	return toEndpoint(name, path, idField);
}

function fromJson(name: string, value: unknown): Endpoint | undefined {
	if (!isRecord(value)) return toEndpoint(name, textOf(value) ?? '', '');
	return toEndpoint(name, textOf(value.path) ?? '', textOf(value.idField) ?? '');
}

function toEndpoint(name: string, path: string, idField: string): Endpoint | undefined {
	const route = plain(path);
	if (name.trim() === '' || route === '' || /[\s?#]|^\w+:\/\//.test(route)) return undefined;
	return { name: name.trim(), path: `/${route}`, idField: idField.trim() || USUAL_ID_FIELD };
}

function plain(path: string): string {
	return path.trim().replace(/^\/+|\/+$/g, '');
}

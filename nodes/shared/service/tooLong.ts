import type { IDataObject } from 'n8n-workflow';

import { fail, type Failure } from '../answer/failure';

/** In characters. Servers take far less unless they are told otherwise: Apache 8 KB, Node and IIS 16 KB, nginx 32 KB. */
const LONGEST_ADDRESS = 65_536;
/** The address, or the head of the request, is too long. */
const TOO_LONG: ReadonlySet<number | undefined> = new Set([414, 431]);

/** What the address of a request is made of. */
interface Addressed {
	readonly path: string;
	readonly query?: IDataObject;
}

/** Refuses a request that no service would take. @throws FailureError `invalid input` */
export function assertShort(request: Addressed): void {
	// At least: encoded, it is longer still.
	const length = partsOf(request).reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
	if (length <= LONGEST_ADDRESS) return;
	fail({ reason: 'invalid input', message: `The address of the request would be ${length} characters long, which no service takes`, fix: `${advice(request)}. Nothing was sent` });
}

/** A failure that says what makes the request too long, where that is what it is about. */
export function explained(failure: Failure, request: Addressed, service: string): Failure {
	if (!TOO_LONG.has(failure.status)) return failure;
	return { ...failure, message: `${service} finds the request too long (HTTP ${failure.status})`, fix: advice(request) };
}

function advice(request: Addressed): string {
	const [longest] = partsOf(request).sort((a, b) => b.text.length - a.text.length);
	return `Ask for less at once: ${longest?.name ?? 'the address'} alone is ${longest?.text.length ?? 0} characters long`;
}

function partsOf({ path, query = {} }: Addressed): Array<{ name: string; text: string }> {
	const [address = '', ...search] = path.split('?');
	const segments = address.split('/').map((text) => ({ name: 'the ID in the address', text }));
	const linked = search.length > 0 ? [{ name: 'the query of the link', text: search.join('?') }] : [];
	const fields = Object.entries(query).map(([name, value]) => ({ name: `'${name}'`, text: typeof value === 'object' ? JSON.stringify(value) : String(value ?? '') }));
	return [...segments, ...linked, ...fields];
}

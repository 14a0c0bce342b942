import { watchBytes, type IncomingFile } from '../stream';
import type { Failure } from './failure';

/** A file as it was announced before it came. */
export interface AnnouncedFile {
	readonly name: string;
	/** Such as `text/csv`. */
	readonly type: string;
	/** In bytes, where the service names it. */
	readonly size?: number;
}

const OCTETS = 'application/octet-stream';
/** What a gateway or a service says in place of a file. */
const SAYING = /\b(html|json|xml)\b/;
const PAGE = /^(\uFEFF|\s)*<(!doctype html|html)\b/i;
/** The last bytes of a kind of file, by type. */
const ENDS: Readonly<Record<string, string>> = { 'image/jpeg': 'ffd9' };
const LONGEST_END = 2;

/** Watches a file while it is stored, and tells whether what came is what was announced: all of it, and nothing else. */
export class FileWatch {
	private beginning: Buffer | undefined;
	private end = Buffer.alloc(0);
	private received = 0;

	constructor(
		private readonly incoming: IncomingFile,
		private readonly announced: AnnouncedFile,
	) {
		watchBytes(incoming.content, (chunk) => this.see(chunk));
	}

	/** What can be told before the first byte. */
	foreign(): Failure | undefined {
		const { status, type, length, encoding } = this.incoming;
		// Whatever n8n can unpack is unpacked, and no longer called packed.
		if (encoding !== '') return this.notIt(`it came packed with "${encoding}", although it was asked for as it is`);
		if (status !== 200) return this.notIt(`an answer without the whole file came (HTTP ${status})`);
		const isVouchedFor = this.announced.size !== undefined && length === this.announced.size;
		return isVouchedFor || fits(type, this.announced.type) ? undefined : this.notIt(`${type} came in its place`);
	}

	/**
	 * What is wrong with a file that was stored.
	 * @param stored in bytes
	 */
	wrong(stored: number): Failure | undefined {
		const { size, type } = this.announced;
		const due = this.due();
		if (due !== undefined && stored !== due) return this.notIt(`${stored} of its ${due} bytes came`);
		if (size !== undefined) return undefined;
		if (stored === 0) return this.notIt('nothing came');
		if (!SAYING.test(type) && this.beginning && PAGE.test(this.beginning.toString('latin1'))) return this.notIt('a web page came in its place');
		const end = ENDS[type];
		return end === undefined || this.end.toString('hex').endsWith(end) ? undefined : this.notIt('its end is missing');
	}

	/** What is wrong with a file that was not stored. */
	brokenOff(): Failure {
		const due = this.due();
		if (due !== undefined && this.received > due) return this.notIt(`more than its ${due} bytes came`);
		return { reason: 'unreachable', message: `The transfer of "${this.announced.name}" broke off`, fix: 'Try again later; if it stays, look whether n8n has room left where it keeps files' };
	}

	private see(chunk: Buffer): void {
		this.beginning ??= chunk;
		this.end = Buffer.concat([this.end, chunk.subarray(-LONGEST_END)]).subarray(-LONGEST_END);
		this.received += chunk.length;
		const due = this.due();
		if (due !== undefined && this.received > due) this.incoming.destroy();
	}

	private due(): number | undefined {
		return this.announced.size ?? this.incoming.length;
	}

	private notIt(what: string): Failure {
		return { reason: 'unreadable answer', message: `The file "${this.announced.name}" was not stored, because it is not what was announced: ${what}`, fix: 'Try again later; if it stays, look at the file in the service itself' };
	}
}

function fits(sent: string, announced: string): boolean {
	const type = sent.split(';')[0]?.trim().toLowerCase() ?? '';
	if (type === '' || type === OCTETS || type === announced) return true;
	if (announced.startsWith('image/')) return type.startsWith('image/');
	const [saying] = SAYING.exec(type) ?? [];
	return saying === undefined || announced.includes(saying) || (announced === OCTETS && saying !== 'html');
}

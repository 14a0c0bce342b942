import { createHash, randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream, mkdtempSync, rmSync, type WriteStream } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { Room } from '../service.mts';
import { syntheticFile } from './synthetic.mts';
import type { Fields } from './model.mts';
import type { EntuSettings } from './settings.mts';

export interface Upload {
	url: string;
	method: 'PUT';
	headers: Record<string, unknown>;
}

/** What a signed address allows, and until when (ms). */
interface Signed {
	method: 'GET' | 'PUT';
	target: string;
	/** Path and query as signed: nothing in it may be changed. */
	path: string;
	until: number;
	disposition?: string;
}

type Stored =
	| { kind: 'memory'; bytes: Buffer; type: string }
	| { kind: 'disk'; file: string; size: number; type: string }
	| { kind: 'synthetic'; size: number; type: string };

/** Files and signed addresses. Uploads are kept on disk, so that their size costs no memory. */
export class FileStore {
	private readonly signed = new Map<string, Signed>();
	private readonly stored = new Map<string, Stored>();
	private readonly seeded = new Map<string, Stored>();
	private folder: string | undefined;
	private files = 0;

	constructor(private readonly room: Room<EntuSettings>) {}

	/** Puts a file there that survives resets. */
	seed(target: string, stored: Stored): void {
		this.seeded.set(target, stored);
	}

	/** The signed upload of a new file value (§5.10). */
	offerUpload(database: string, entityId: string, valueId: string, { filename, filesize, filetype }: Fields): Upload {
		const disposition = `inline;filename="${encodeURI(String(filename))}"`;
		const url = this.sign({ method: 'PUT', target: targetOf(database, entityId, valueId), disposition });
		const headers = { ACL: 'private', 'Content-Disposition': disposition, 'Content-Length': filesize, 'Content-Type': filetype };
		return { url, method: 'PUT', headers };
	}

	/** A signed download address. */
	offerDownload(target: string): string {
		return this.sign({ method: 'GET', target });
	}

	private sign(wanted: Omit<Signed, 'path' | 'until'>): string {
		const { storageLifeMs } = this.room.settings;
		const now = this.room.clock.now();
		const signature = this.room.issue(createHash('sha256').update(randomBytes(32)).digest('hex'));
		const put = wanted.method === 'PUT';
		const query = new URLSearchParams({
			'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
			'X-Amz-Credential': 'SANDBOXSTORAGE/20260101/fra1/s3/aws4_request',
			'X-Amz-Date': new Date(now).toISOString().replace(/[-:]|\.\d+/g, ''),
			'X-Amz-Expires': String(Math.ceil(storageLifeMs / 1000)),
			'X-Amz-Signature': signature,
			'X-Amz-SignedHeaders': put ? 'content-disposition;host' : 'host',
			...(put ? { 'x-amz-checksum-crc32': 'AAAAAA==', 'x-amz-sdk-checksum-algorithm': 'CRC32' } : {}),
			'x-id': put ? 'PutObject' : 'GetObject',
		});
		const path = `/entu/${wanted.target}?${query.toString()}`;
		this.signed.set(signature, { ...wanted, path, until: now + storageLifeMs });
		return this.room.urls.storageUrl + path;
	}

	/** What this signature allows; `undefined` when it was never issued. */
	permission(signature: string): Signed | undefined {
		return this.signed.get(signature);
	}

	isStored(target: string): boolean {
		return this.stored.has(target) || this.seeded.has(target);
	}

	/** Stores what the service itself has made. */
	keep(target: string, bytes: Buffer, type: string): void {
		this.stored.set(target, { kind: 'memory', bytes, type });
	}

	/** A file to write an upload to; `keep` makes it the stored one. */
	newUpload(target: string, type: string): { sink: WriteStream; keep(size: number): void } {
		this.folder ??= mkdtempSync(join(tmpdir(), 'backoffice-sandbox-'));
		const file = join(this.folder, String(++this.files));
		return {
			sink: createWriteStream(file),
			keep: (size) => void this.stored.set(target, { kind: 'disk', file, size, type }),
		};
	}

	/** The content of a stored file as a stream. */
	read(target: string): { size: number; type: string; content: Readable } | undefined {
		const found = this.stored.get(target) ?? this.seeded.get(target);
		if (!found) return undefined;
		const { type } = found;
		if (found.kind === 'memory') return { size: found.bytes.length, type, content: Readable.from([found.bytes]) };
		if (found.kind === 'disk') return { size: found.size, type, content: createReadStream(found.file) };
		return { size: found.size, type, content: syntheticFile(found.size) };
	}

	/** Forgets uploads and signed addresses. */
	reset(): void {
		this.signed.clear();
		this.stored.clear();
		if (this.folder !== undefined) rmSync(this.folder, { recursive: true, force: true });
		this.folder = undefined;
	}
}

export function targetOf(database: string, entityId: string, valueId: string): string {
	return `${database}/${entityId}/${valueId}`;
}

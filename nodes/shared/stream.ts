import type { BinaryHelperFunctions } from 'n8n-workflow';

/** A stream as n8n hands it out and takes it; n8n's lint keeps nodes from naming Node's own type. */
export type Readable = Exclude<Parameters<BinaryHelperFunctions['binaryToBuffer']>[0], Buffer>;

export function isStream(value: unknown): value is Readable {
	return typeof value === 'object' && value !== null && 'pipe' in value && Symbol.asyncIterator in value;
}

/**
 * Sees the bytes of a stream pass to the one who reads it. With `on`, it would begin to flow before that one is there, and paused it would
 * stay so for those who only listen, as n8n does where it holds files in memory.
 */
export function watchBytes(stream: Readable, see: (chunk: Buffer) => void): void {
	stream.prependListener('data', see);
}

/** All of a stream. */
export async function readBytes(stream: Readable): Promise<Buffer> {
	const chunks: Buffer[] = [];
	for await (const chunk of stream) chunks.push(Buffer.from(chunk as Uint8Array));
	return Buffer.concat(chunks);
}

/** A file on its way from a service. It has to be stored or destroyed: until then it keeps its place among the requests. */
export class IncomingFile {
	constructor(
		readonly content: Readable,
		readonly status: number,
		/** As the answer calls it, such as `text/csv`; blank when it does not. */
		readonly type: string,
		/** In bytes, as declared by the answer. */
		readonly length: number | undefined,
		/** What its bytes are still packed with, such as `zstd`; blank when they are those of the file. */
		readonly encoding: string,
		private readonly giveUp: () => void,
	) {}

	destroy(): void {
		this.giveUp();
		this.content.destroy();
	}
}

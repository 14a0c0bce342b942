import type { BinaryHelperFunctions } from 'n8n-workflow';

/** A stream as n8n hands it out and takes it; n8n's lint keeps nodes from naming Node's own type. */
export type Readable = Exclude<Parameters<BinaryHelperFunctions['binaryToBuffer']>[0], Buffer>;

export function isStream(value: unknown): value is Readable {
	return typeof value === 'object' && value !== null && 'pipe' in value && Symbol.asyncIterator in value;
}

/** All of a stream. */
export async function readBytes(stream: Readable): Promise<Buffer> {
	const chunks: Buffer[] = [];
	for await (const chunk of stream) chunks.push(Buffer.from(chunk as Uint8Array));
	return Buffer.concat(chunks);
}

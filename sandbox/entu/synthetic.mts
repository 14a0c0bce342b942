import { Readable } from 'node:stream';

const BLOCK = Buffer.alloc(64 * 1024);
for (let at = 0; at < BLOCK.length; at += 1) BLOCK[at] = (at * 31 + (at >> 8)) & 0xff;

/** A large file made while it is read: blocks of 64 KiB, each starting with its number; always the same bytes. */
export function syntheticFile(size: number): Readable {
	return Readable.from(blocks(size), { objectMode: false });
}

function* blocks(size: number): Generator<Buffer> {
	for (let sent = 0, number = 0; sent < size; number += 1) {
		const block = Buffer.from(BLOCK);
		block.writeUInt32BE(number, 0);
		yield block.subarray(0, Math.min(block.length, size - sent));
		sent += block.length;
	}
}

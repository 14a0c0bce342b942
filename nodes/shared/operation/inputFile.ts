import type { IBinaryData } from 'n8n-workflow';

import { refuse } from '../answer/failure';
import type { Body } from '../service/request';
import type { OperationContext } from '../service/run';
import { readBytes, type Readable } from '../stream';
import { isBlank } from './values';

/** A file of the incoming item. */
export interface InputFile {
	readonly name: string;
	readonly type: string;
	/** In bytes. */
	readonly size: number;
	readonly body: () => Promise<Body>;
	/** Its content as base64 text, for services that take it so; in a preview, what it is. */
	readonly base64: () => Promise<string>;
}

/** Base64 in one of its two alphabets; mails break its lines. */
const BASE64 = /^[\w+/\s=-]*$/;
const GONE = 'Run the node before this one again: n8n deletes files together with the executions that made them, and pinned data hold no more than a reference to them';
const NO_BASE64 = 'Give the content alone as base64 (of "data:image/png;base64,iVBO…" that is what follows the comma), or make the file with the node Convert to File';

/**
 * Opens a file as n8n hands it to a node: stored, or as base64 in the item. It is read only when it is sent.
 * @param parameter display name of the parameter that names the field
 * @param field of the item that holds the file; its name, where the file has none
 * @param isPreview whether nothing of it is to be read
 * @throws FailureError `invalid input` for a file that n8n no longer has, and for what is no base64
 */
export async function openFile({ helpers }: OperationContext, binary: IBinaryData, parameter: string, field: string, isPreview: boolean): Promise<InputFile> {
	const { id, data, fileName } = binary;
	const name = isBlank(fileName) ? field : String(fileName);
	const type = binary.mimeType || 'application/octet-stream';
	const size = id ? await helpers.getBinaryMetadata(id).then(({ fileSize }) => fileSize, (error: unknown) => gone(parameter, name, error)) : sizeOfText(data);
	if (size === undefined) return refuse(parameter, `The content of the file "${name}" is no base64`, NO_BASE64);
	// Decoded anew each time: all items are checked before the first is sent, and their files would lie in memory twice.
	const open = async (): Promise<Readable | Buffer> => (id ? await helpers.getBinaryStream(id) : Buffer.from(data, 'base64'));
	return {
		name,
		type,
		size,
		body: async () => ({ content: await open(), type, length: size, name }),
		base64: async () => (isPreview ? `<base64 of "${name}", ${size} bytes, ${type}>` : await base64Of(await open())),
	};
}

/** In bytes. Of what is no base64, Node leaves out what it can't read and makes another file of the rest. */
function sizeOfText(base64: unknown): number | undefined {
	return typeof base64 === 'string' && BASE64.test(base64) ? Buffer.from(base64, 'base64').length : undefined;
}

function gone(parameter: string, name: string, error: unknown): never {
	return refuse(parameter, `The file "${name}" can't be read any more: ${error instanceof Error ? error.message : String(error)}`, GONE);
}

async function base64Of(content: Readable | Buffer): Promise<string> {
	return (Buffer.isBuffer(content) ? content : await readBytes(content)).toString('base64');
}

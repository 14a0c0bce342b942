import { EntuError } from './errors.mts';
import { targetOf } from './files.mts';
import type { Entity, Value } from './model.mts';
import type { State } from './state.mts';

const SIZES: ReadonlySet<string> = new Set(['50', '200', '400']);
const SOURCES = /^(image\/(png|jpe?g|gif|webp|tiff|heic|avif|bmp)|application\/pdf)$/;
const MAX_SOURCE_BYTES = 25 * 1024 * 1024;

const JPEG = Buffer.from(
	'/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDACgcHiMeGSgjISMtKygwPGRBPDc3PHtYXUlkkYCZlo+AjIqgtObDoKrarYqMyP/L2u71////m8H////6/+b9//j/2wBDASstLTw1PHZBQXb4pYyl+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj/wAARCAAyADIDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAL/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFQEBAQAAAAAAAAAAAAAAAAAAAAL/xAAUEQEAAAAAAAAAAAAAAAAAAAAA/9oADAMBAAIRAxEAPwCgFJAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAf//Z',
	'base64',
);

/** A small square picture; the same for every source and size. */
export const thumbnailBytes = (): Buffer => JPEG;

/** The answer of both thumbnail routes: a signed address (§5.10). */
export function thumbnail(state: State, database: string, entity: Entity, value: Value | undefined, size: string): { url: string } {
	if (!SIZES.has(size)) throw new EntuError(400, 'Size must be 50, 200 or 400'); // assumed: the text
	if (value?.data.filename === undefined) throw new EntuError(404, 'Photo not found'); // assumed: the text
	// assumed: other kinds of files have no thumbnail, as if there were no photo.
	if (!SOURCES.test(String(value.data.filetype))) throw new EntuError(404, 'Photo not found');
	if (Number(value.data.filesize) > MAX_SOURCE_BYTES) throw new EntuError(413, 'File is too large for a thumbnail'); // assumed: the text
	return { url: state.files.offerDownload(`${targetOf(database, entity.id, value.id)}/${size}.jpg`) };
}

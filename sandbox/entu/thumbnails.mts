import { EntuError } from './errors.mts';
import type { FileStore } from './files.mts';
import type { Fields } from './model.mts';

const MAX_SOURCE_BYTES = 25 * 1024 * 1024;
const MAX_PIXELS = 40_000_000;

/** The answer of both thumbnail routes: a signed address of a square JPEG (§5.10). */
export async function thumbnail(files: FileStore, target: string, file: Fields, size: number): Promise<{ url: string }> {
	if (!isPreviewable(file)) throw new EntuError(400, 'File is not a previewable file');
	const key = `${target}_${size}.jpg`;
	if (!files.isStored(key)) files.keep(key, await render(await sourceOf(files, target), size), 'image/jpeg');
	return { url: files.offerDownload(key) };
}

function isPreviewable({ filename, filetype }: Fields): boolean {
	if (!filename) return false;
	if (typeof filetype === 'string' && filetype !== '') return filetype.startsWith('image/') || filetype === 'application/pdf';
	return /\.(jpe?g|png|gif|webp|bmp|tiff?|avif|hei[cf]|pdf)$/i.test(String(filename));
}

async function sourceOf(files: FileStore, target: string): Promise<Buffer> {
	const stored = files.read(target);
	if (!stored) throw new EntuError(404, 'File not found in storage');
	if (stored.size > MAX_SOURCE_BYTES) throw new EntuError(413, `File too large to process (max ${MAX_SOURCE_BYTES} bytes)`);
	const chunks: Buffer[] = [];
	for await (const chunk of stored.content) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks);
}

/** A page of a PDF is shown as blank paper: the sandbox has no reader for it. */
async function render(source: Buffer, size: number): Promise<Buffer> {
	// Loaded on first need: it takes as long as the rest of the sandbox.
	const { Jimp } = await import('jimp');
	if (source.subarray(0, 5).toString('latin1') === '%PDF-') {
		return await new Jimp({ width: size, height: size, color: 0xffffffff }).getBuffer('image/jpeg');
	}
	const image = await Jimp.fromBuffer(source).catch(() => {
		throw new EntuError(400, 'Unable to generate thumbnail from file');
	});
	if (image.bitmap.width * image.bitmap.height > MAX_PIXELS) throw new EntuError(400, 'Image dimensions too large to process');
	image.cover({ w: size, h: size });
	return await image.getBuffer('image/jpeg');
}

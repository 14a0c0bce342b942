import { Router, type Request, type Response } from 'express';
import { createHash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import { effect, streamedBody } from '../journal.mts';
import type { Door } from '../service.mts';
import type { State } from './state.mts';

/** The storage behind signed addresses; it speaks as S3 does (vendors/entu.md §5.10). */
export function storageDoor(state: State): Door {
	const router = Router();
	const target = (req: Request) => `${String(req.params.db)}/${String(req.params.entity)}/${String(req.params.value)}`;
	router.put('/:db/:entity/:value', async (req, res) => {
		if (permitted(state, req, res, 'PUT', target(req))) await receive(state, req, res, target(req));
	});
	router.get('/:db/:entity/:value', async (req, res) => {
		if (permitted(state, req, res, 'GET', target(req))) await deliver(state, res, target(req));
	});
	router.use((_req, res) => refuse(res, 405, 'MethodNotAllowed', 'The specified method is not allowed against this resource.'));
	return {
		router,
		refuse: (_req, res, status, message) => refuse(res, status, status === 429 ? 'SlowDown' : 'InternalError', message),
		sessionOver: (_req, res) => refuse(res, 403, 'AccessDenied', 'Request has expired'),
		credentialOf: (req) => req.socket.remoteAddress ?? '',
	};
}

function refuse(res: Response, status: number, code: string, message: string): void {
	const escaped = message.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
	res.status(status).type('application/xml').send(`<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${escaped}</Message></Error>`);
}

function permitted(state: State, req: Request, res: Response, method: 'GET' | 'PUT', target: string): boolean {
	if (req.headers.authorization !== undefined) {
		refuse(res, 400, 'InvalidArgument', 'Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter or the Authorization header should be specified');
		return false;
	}
	const signature = new URL(req.originalUrl, 'http://storage').searchParams.get('X-Amz-Signature') ?? '';
	const signed = state.files.permission(signature);
	if (!signed || signed.target !== target || signed.method !== method || req.originalUrl !== signed.path) {
		refuse(res, 403, 'SignatureDoesNotMatch', 'The request signature we calculated does not match the signature you provided.');
		return false;
	}
	if (signed.disposition !== undefined && req.headers['content-disposition'] !== signed.disposition) {
		refuse(res, 403, 'SignatureDoesNotMatch', 'The request signature we calculated does not match the signature you provided.');
		return false;
	}
	if (state.now() <= signed.until) return true;
	refuse(res, 403, 'AccessDenied', 'Request has expired');
	return false;
}

async function receive(state: State, req: Request, res: Response, target: string): Promise<void> {
	// assumed: as S3, which takes no body of unknown length.
	if (req.headers['content-length'] === undefined) {
		return refuse(res, 411, 'MissingContentLength', 'You must provide the Content-Length HTTP header.');
	}
	const { sink, keep } = state.files.newUpload(target, req.headers['content-type'] ?? 'application/octet-stream');
	const hash = createHash('sha256');
	req.on('data', (chunk: Buffer) => hash.update(chunk));
	try {
		await pipeline(req, sink);
	} catch {
		return; // The caller hung up in the middle: nothing is kept, nobody is there to be told.
	}
	streamedBody(req, sink.bytesWritten, hash.digest('hex'));
	keep(sink.bytesWritten);
	effect(req, 'file.upload', target.slice(target.lastIndexOf('/') + 1));
	res.status(200).set('Content-Length', '0').end();
}

async function deliver(state: State, res: Response, target: string): Promise<void> {
	const found = state.files.read(target);
	if (!found) return refuse(res, 404, 'NoSuchKey', 'The specified key does not exist.');
	res.set({ 'Content-Type': found.type, 'Content-Length': String(found.size) });
	try {
		await pipeline(found.content, res);
	} catch {
		// The caller hung up in the middle.
	}
}

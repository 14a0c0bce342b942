import { toFailure } from '../../shared/answer/errors';
import { fail, type Failure } from '../../shared/answer/failure';
import { unexpectedAnswer } from '../../shared/answer/outcome';
import type { Client } from '../../shared/service/client';
import type { IncomingFile } from '../../shared/stream';

const STATUS_MISSING = 404;

/**
 * Opens a file of Entu's file storage.
 * @param url signed, so that nothing of the credential may travel with the request (entu.md §5.10)
 * @param missing what to say when the storage doesn't have it
 */
export async function openStored(client: Client, url: string, missing: Pick<Failure, 'message' | 'fix'>): Promise<IncomingFile> {
	try {
		const { file } = await client.sendPlain({ url, stream: true });
		return file ?? unexpectedAnswer('Entu', 'the content of the file was expected');
	} catch (error) {
		const failure = toFailure(error, (text) => client.shown(text));
		if (failure.status === STATUS_MISSING) return fail({ ...failure, ...missing, reason: 'not found' });
		return fail(ofStorage(failure));
	}
}

/** Files are kept by another host than that of the base URL, which is no remedy here. */
export function ofStorage(failure: Failure): Failure {
	if (failure.status !== undefined || failure.reason === 'stopped') return failure;
	return {
		...failure,
		message: `Entu's file storage: ${failure.message}`,
		fix: 'Entu itself has answered; the file lies on another host. Try again later, and check that this n8n can reach that host',
	};
}

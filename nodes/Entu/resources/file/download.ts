import type { IDataObject } from 'n8n-workflow';

import { toFailure } from '../../../shared/answer/errors';
import { fail } from '../../../shared/answer/failure';
import { unexpectedAnswer } from '../../../shared/answer/outcome';
import { textOf } from '../../../shared/guards';
import { defineOperation } from '../../../shared/operation/operation';
import type { Client } from '../../../shared/service/client';
import type { IncomingFile } from '../../../shared/stream';
import { fileId, outputBinaryField } from '../../editor/fields';
import { requiredId } from '../../values/ids';
import { getValue } from '../../wire/entities';
import { fileOf } from './fileOf';

export const download = defineOperation({
	name: 'Download',
	value: 'download',
	action: 'Download file',
	description: 'Fetch a file of an entity',
	effect: 'read',
	fields: [fileId, outputBinaryField],
	run: async (call) => {
		const field = call.requiredText('binaryPropertyName');
		const id = requiredId(call, 'fileId');
		const value = await getValue(call.client, id);
		const { announced, json } = fileOf(value);
		// An address is good for 60 seconds only, so that a further attempt needs another one (entu.md §5.10).
		const fetch = async (attempt: number): Promise<IncomingFile> =>
			await openFile(call.client, urlOf(attempt === 1 ? value : await getValue(call.client, id)), announced.name);
		return [{ json, binary: { [field]: await call.fetchFile(fetch, announced) } }];
	},
});

function urlOf({ url }: IDataObject): string {
	return textOf(url) ?? unexpectedAnswer('Entu', 'the address of the file was expected');
}

/** @param url signed, so that nothing of the credential may travel with the request (entu.md §5.10) */
async function openFile(client: Client, url: string, name: string): Promise<IncomingFile> {
	try {
		const { file } = await client.sendPlain({ url, stream: true });
		return file ?? unexpectedAnswer('Entu', 'the content of the file was expected');
	} catch (error) {
		const failure = toFailure(error, (text) => client.shown(text));
		if (failure.status !== 404) return fail(failure);
		return fail({
			...failure,
			reason: 'not found',
			message: `Entu knows of the file "${name}", but its content was never uploaded`,
			fix: "Delete the file with the operation 'Delete' and upload it again",
		});
	}
}

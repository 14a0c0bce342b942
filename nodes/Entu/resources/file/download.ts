import type { IDataObject } from 'n8n-workflow';

import { unexpectedAnswer } from '../../../shared/answer/outcome';
import { textOf } from '../../../shared/guards';
import { defineOperation } from '../../../shared/operation/operation';
import type { IncomingFile } from '../../../shared/stream';
import { outputBinaryField } from '../../editor/fields';
import { getValue } from '../../wire/entities';
import { openStored } from '../../wire/storage';
import { chosenFile, fileChoice } from './choice';
import { fileOf } from './fileOf';

export const download = defineOperation({
	name: 'Download',
	value: 'download',
	action: 'Download file of entity',
	description: 'Fetch a file of an entity',
	effect: 'read',
	hasFixedOutput: true,
	fields: [...fileChoice, outputBinaryField],
	run: async (call) => {
		const field = call.requiredText('binaryPropertyName');
		const id = await chosenFile(call);
		const value = await getValue(call.client, id);
		const { announced, json } = fileOf(value);
		const missing = {
			message: `Entu knows of the file "${announced.name}", but its content was never uploaded`,
			fix: "Delete the file with the operation 'Delete' and upload it again",
		};
		// An address is good for 60 seconds only, so that a further attempt needs another one (entu.md §5.10).
		const fetch = async (attempt: number): Promise<IncomingFile> =>
			await openStored(call.client, urlOf(attempt === 1 ? value : await getValue(call.client, id)), missing);
		return [{ json, binary: { [field]: await call.fetchFile(fetch, announced) } }];
	},
});

function urlOf({ url }: IDataObject): string {
	return textOf(url) ?? unexpectedAnswer('Entu', 'the address of the file was expected');
}

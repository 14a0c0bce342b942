import { unexpectedAnswer } from '../../../shared/call';
import { FILE_TIMEOUT_MS } from '../../../shared/client';
import { defineOperation } from '../../../shared/define';
import { textOf } from '../../../shared/guards';
import { getValue } from '../../api';
import { fileId, outputBinaryField } from '../../fields';
import { requiredId } from '../../ids';
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
		const value = await getValue(call.client, requiredId(call, 'fileId'));
		const { name, type, json } = fileOf(value);
		const url = textOf(value.url) ?? unexpectedAnswer('Entu', 'the address of the file was expected');
		const { stream } = await call.client.sendPlain({ url, stream: true, timeoutMs: FILE_TIMEOUT_MS });
		if (!stream) return unexpectedAnswer('Entu', 'the content of the file was expected');
		return [{ json, binary: { [field]: await call.storeFile(stream, name, type) } }];
	},
});

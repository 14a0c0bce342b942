import type { INodeProperties } from 'n8n-workflow';

import { fail } from '../../../shared/answer/failure';
import { textOf } from '../../../shared/guards';
import { defineOperation } from '../../../shared/operation/operation';
import { IncomingFile } from '../../../shared/stream';
import { integrationLocator, outputLocator } from '../../editor/fields';
import { requiredId } from '../../values/ids';
import { getOutputs, wrongShape } from '../../wire/api';
import { HTML, WEB_SERVICE } from '../../wire/names';
import { requestFor, withoutLink } from './link';

const binaryField: INodeProperties = {
	displayName: 'Put Output File in Field',
	name: 'binaryPropertyName',
	type: 'string',
	default: 'data',
	required: true,
	hint: 'The name of the output binary field to put the file in',
};

export const download = defineOperation({
	name: 'Download',
	value: 'download',
	action: 'Download output file of run',
	description: 'Fetch a file that a run has left',
	effect: 'read',
	hasFixedOutput: true,
	authentications: [WEB_SERVICE],
	fields: [integrationLocator, outputLocator, binaryField],
	run: async (call) => {
		const field = call.requiredText('binaryPropertyName');
		const integration = requiredId(call, 'integrationId');
		const id = requiredId(call, 'outputId').toLowerCase();
		const output = (await getOutputs(call.client, integration)).find(({ outputId }) => String(outputId).toLowerCase() === id);
		if (!output) return fail({ reason: 'not found', message: `The integration has no output with the ID ${id}`, fix: 'Take the ID from Output > Get Many' });
		const name = textOf(output.fileName) ?? id;
		const type = typeOf(name);
		const fetch = async (): Promise<IncomingFile> => {
			const content = await call.client.send({ ...requestFor(call.client, output), headers: { Accept: type } });
			return content instanceof IncomingFile ? content : wrongShape('the content of the file was expected');
		};
		return [{ json: withoutLink(output), binary: { [field]: await call.fetchFile(fetch, { name, type }) } }];
	},
});

const TYPES: Readonly<Record<string, string>> = {
	csv: 'text/csv',
	htm: HTML,
	html: HTML,
	json: 'application/json',
	txt: 'text/plain',
	xml: 'application/xml',
	xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

function typeOf(name: string): string {
	return TYPES[name.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'application/octet-stream';
}

import type { INodeProperties } from 'n8n-workflow';

import { unexpectedAnswer } from '../../../shared/answer/outcome';
import { isRecord, textOf } from '../../../shared/guards';
import { defineOperation } from '../../../shared/operation/operation';
import type { IncomingFile } from '../../../shared/stream';
import { entityLocator, fileId, outputBinaryField } from '../../editor/fields';
import { requiredId } from '../../values/ids';
import { entityPath, propertyPath } from '../../wire/entities';
import { openStored } from '../../wire/storage';

const MISSING = { message: "Entu's file storage does not have the picture", fix: 'Run the item again, so that Entu makes it anew' };

const thumbnailOf: INodeProperties = {
	displayName: 'Thumbnail Of',
	name: 'thumbnailOf',
	type: 'options',
	options: [
		{ name: 'Entity', value: 'entity', description: 'Its first photo' },
		{ name: 'File', value: 'file', description: 'An image or a PDF' },
	],
	default: 'entity',
	description: 'What to show in small',
};

const size: INodeProperties = {
	displayName: 'Size',
	name: 'size',
	type: 'options',
	options: [
		{ name: '50 Pixels', value: 50 },
		{ name: '200 Pixels', value: 200 },
		{ name: '400 Pixels', value: 400 },
	],
	default: 200,
	description: 'Width and height of the thumbnail',
};

export const getThumbnail = defineOperation({
	name: 'Get Thumbnail',
	value: 'getThumbnail',
	action: 'Get thumbnail of file or photo',
	description: 'Fetch a small square picture of a file or of the photo of an entity',
	effect: 'read',
	hasFixedOutput: true,
	fields: [
		thumbnailOf,
		{ ...entityLocator, description: 'The entity whose first photo to show', displayOptions: { show: { thumbnailOf: ['entity'] } } },
		{ ...fileId, displayOptions: { show: { thumbnailOf: ['file'] } } },
		size,
		outputBinaryField,
	],
	run: async (call) => {
		const field = call.requiredText('binaryPropertyName');
		const isEntity = call.choice('thumbnailOf', ['entity', 'file']) === 'entity';
		const id = requiredId(call, isEntity ? 'entityId' : 'fileId');
		const pixels = call.choice('size', [50, 200, 400]);
		const parent = isEntity ? entityPath(call.client, id) : propertyPath(call.client, id);
		const fetch = async (): Promise<IncomingFile> => {
			const body = await call.client.send({ path: `${parent}/thumbnail/${pixels}` });
			const url = isRecord(body) ? textOf(body.url) : undefined;
			return await openStored(call.client, url ?? unexpectedAnswer('Entu', 'the address of the thumbnail was expected'), MISSING);
		};
		const binary = await call.fetchFile(fetch, { name: `${id}-${pixels}.jpg`, type: 'image/jpeg' });
		return [{ json: { _id: id, of: isEntity ? 'entity' : 'file', size: pixels }, binary: { [field]: binary } }];
	},
});

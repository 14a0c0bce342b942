import type { INodeProperties } from 'n8n-workflow';

import { toFailure } from '../../../shared/answer/errors';
import { fail, refuse } from '../../../shared/answer/failure';
import { unexpectedAnswer } from '../../../shared/answer/outcome';
import { isRecord, textOf } from '../../../shared/guards';
import type { Call } from '../../../shared/operation/call';
import type { InputFile } from '../../../shared/operation/inputFile';
import { defineOperation } from '../../../shared/operation/operation';
import { record, type Output } from '../../../shared/operation/output';
import { entityLocator } from '../../editor/fields';
import { requiredId } from '../../values/ids';
import { deleteValue, writeValues } from '../../wire/entities';
import { ofStorage } from '../../wire/storage';
import { definitionFor } from '../property/value';
import { fileProperty } from './choice';

const inputField: INodeProperties = {
	displayName: 'Input Binary Field',
	name: 'binaryPropertyName',
	type: 'string',
	required: true,
	default: 'data',
	hint: 'The name of the input binary field containing the file to upload',
};

const fileName: INodeProperties = {
	displayName: 'File Name',
	name: 'fileName',
	type: 'string',
	default: '',
	placeholder: 'e.g. agreement.pdf',
	description: 'Name to give the file in place of its own',
};

export const upload = defineOperation({
	name: 'Upload',
	value: 'upload',
	action: 'Upload file to entity',
	description: 'Attach a file to an entity',
	effect: 'write',
	anyOrder: true,
	fields: [{ ...entityLocator, description: 'The entity to attach the file to' }, fileProperty, inputField],
	options: [fileName],
	input: async (call) => {
		const id = requiredId(call, 'entityId');
		const file = await call.inputFile('binaryPropertyName');
		// Entu stores an empty file as a value that nothing can ever be uploaded to (entu.md §5.10).
		if (file.size === 0) refuse(call.label('binaryPropertyName'), 'The file is empty', 'Give a file that holds something');
		const definition = await definitionFor(call, id, call.requiredText('propertyName'));
		if (definition.type !== 'file') refuse(definition.label, 'does not hold files', 'Choose a property of type file');
		return { id, property: definition.name, file, name: call.option('fileName') || file.name };
	},
	run: async (call, upload) => await call.inTurn(upload.id, async () => await attach(call, upload)),
});

interface Upload {
	/** Of the entity. */
	readonly id: string;
	readonly property: string;
	readonly file: InputFile;
	readonly name: string;
}

async function attach(call: Call, { id, property, file, name }: Upload): Promise<Output[]> {
	const { values } = await writeValues(call.client, id, [
		{ type: property, filename: name, filesize: file.size, filetype: file.type },
	], `it names the address that the file "${file.name}" (${file.size} bytes, ${file.type}) is sent to with PUT`);
	const value = values.find((written) => isRecord(written.upload)) ?? values[0];
	const valueId = textOf(value?._id) ?? unexpectedAnswer('Entu', 'the ID of the new value was expected');
	await sendFile(call, value?.upload, file, valueId);
	return record({ _id: valueId, entity: id, property, name, size: file.size, type: file.type });
}

/** Sends the bytes to the signed address; when that does not work, the value without a file is removed again. */
async function sendFile(call: Call, target: unknown, file: InputFile, valueId: string): Promise<void> {
	try {
		const { url, headers } = targetIn(target);
		await call.client.sendPlain({
			method: 'PUT',
			url,
			headers: signedHeaders(headers),
			body: file.body,
			// The same bytes at the same address: sending them twice does no harm.
			effect: 'read',
			// What is stored is answered with nothing (entu.md §5.10): a page or a message comes from somebody else, and nothing is stored.
			isExpected: (text) => text.trim() === '',
			heldInPreview: true,
		});
	} catch (error) {
		const removed = await deleteValue(call.client, valueId).then(() => true, () => false);
		const failure = ofStorage(toFailure(error, (text) => call.client.shown(text)));
		fail({
			...failure,
			message: `The file "${file.name}" could not be uploaded. ${failure.message}`,
			fix: removed
				? `Nothing of it is left in Entu; run the item again. ${failure.fix ?? ''}`
				: `A value without a file is left in Entu: delete the property value ${valueId}, then run the item again. ${failure.fix ?? ''}`,
			fate: removed ? 'not carried out' : 'carried out in part',
		});
	}
}

function targetIn(target: unknown): { url: string; headers: unknown } {
	const url = isRecord(target) ? textOf(target.url) : undefined;
	if (!isRecord(target) || url === undefined) return unexpectedAnswer('Entu', 'the address to upload the file to was expected');
	return { url, headers: target.headers };
}

/** What the address is signed with; the length is the business of the HTTP client (entu.md §5.10). */
function signedHeaders(headers: unknown): Record<string, string> {
	const entries = Object.entries(isRecord(headers) ? headers : {}).filter(([name]) => name.toLowerCase() !== 'content-length');
	return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]));
}

import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { refuse } from '../../shared/answer/failure';
import { recordsIn, textOf } from '../../shared/guards';
import type { Call } from '../../shared/operation/call';
import type { InputFile } from '../../shared/operation/inputFile';
import { withValueAt } from '../wire/jsonPath';

const MB = 1_000_000;
const USUAL_MOST_MB = 20;

/**
 * Files in a JSON body. Nothing is documented about files (vendors/endocs.md A12): they go as base64 text to the places that the
 * user names, and there is no default for these.
 */
export const filesField: INodeProperties = {
	displayName: 'Files',
	name: 'files',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add File',
	default: {},
	description: "Files of the item to send as base64 text. EnDocs Cloud's Postman collection may show where they belong.",
	options: [
		{
			displayName: 'File',
			name: 'file',
			values: [
				{
					displayName: 'Input Data Field Name',
					name: 'binaryPropertyName',
					type: 'string',
					default: 'data',
					description: 'Name of the field of the incoming item that holds the file',
				},
				{
					displayName: 'Content Path',
					name: 'contentPath',
					type: 'string',
					default: '',
					placeholder: 'e.g. Attachment.Content',
					description: 'Where in the JSON of the request the content goes',
				},
				{
					displayName: 'Name Path',
					name: 'namePath',
					type: 'string',
					default: '',
					placeholder: 'e.g. Attachment.Name',
					description: 'Where in the JSON of the request the name of the file goes; leave empty to leave it out',
				},
			],
		},
	],
};

export const maxFileSizeOption: INodeProperties = {
	displayName: 'Max File Size (MB)',
	name: 'maxFileSize',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 300 },
	default: USUAL_MOST_MB,
	description: "How large the files of an item may be together; they are held in memory. EnDocs Cloud's own limit is not documented.",
};

/** A file and the place of its content; its name is in the body already. */
export interface Attachment {
	readonly file: InputFile;
	readonly contentPath: string;
}

/**
 * Looks at the files that the user chose for an item: whether they are there, not too large, and have a place in the body.
 * @returns the body with the names of the files, and the files themselves
 * @throws FailureError `invalid input`
 */
export async function attach(call: Call, body: IDataObject): Promise<{ body: IDataObject; attachments: Attachment[] }> {
	const attachments: Attachment[] = [];
	let filled = body;
	let preview = body;
	const parameter = call.placed('files');
	for (const [i, entry] of recordsIn(call.object(parameter).file).entries()) {
		const at = `${parameter}.file[${i}]`;
		const file = await call.inputFile(`${at}.binaryPropertyName`);
		const contentPath = call.requiredText(`${at}.contentPath`);
		const namePath = textOf(entry.namePath)?.trim();
		if (namePath) filled = placed(call, filled, `${at}.namePath`, namePath, file.name);
		if (namePath) preview = placed(call, preview, `${at}.namePath`, namePath, file.name);
		preview = placed(call, preview, `${at}.contentPath`, contentPath, 'content');
		attachments.push({ file, contentPath });
	}
	assertSize(call, attachments);
	return { body: filled, attachments };
}

/** The body with the contents of the files in it. */
export async function withContents(body: IDataObject, attachments: readonly Attachment[]): Promise<IDataObject> {
	let complete = body;
	for (const { file, contentPath } of attachments) {
		complete = withValueAt(complete, contentPath, await file.base64()) ?? complete;
	}
	return complete;
}

function placed(call: Call, body: IDataObject, parameter: string, path: string, value: string): IDataObject {
	return (
		withValueAt(body, path, value) ??
		refuse(call.label(parameter), `There is no free place at "${path}" in the request`, 'Give a path such as Attachment.Content or Files[0].Content where nothing else stands yet')
	);
}

function assertSize(call: Call, attachments: readonly Attachment[]): void {
	const most = call.number('options.maxFileSize', USUAL_MOST_MB);
	const size = attachments.reduce((sum, { file }) => sum + file.size, 0) / MB;
	if (size <= most) return;
	const names = attachments.map(({ file }) => `"${file.name}"`).join(', ');
	refuse('Files', `${names} have ${size.toFixed(1)} MB, which is more than the ${most} MB allowed`, "Send less, or raise the option 'Max File Size (MB)'");
}

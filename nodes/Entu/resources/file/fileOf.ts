import type { IDataObject } from 'n8n-workflow';

import { fail } from '../../../shared/answer/failure';
import type { AnnouncedFile } from '../../../shared/answer/wholeFile';
import { numberOf, textOf } from '../../../shared/guards';

/** What a file value says of its file; name, type and size come from here and not from the storage (entu.md §5.10). */
export function fileOf(value: IDataObject): { announced: AnnouncedFile; json: IDataObject } {
	const name = textOf(value.filename);
	if (name === undefined) {
		return fail({
			reason: 'rejected',
			message: `The property value ${String(value._id)} is not a file`,
			fix: 'Use the ID of a file value, such as photo._id of an entity',
			parameter: 'File ID',
		});
	}
	const type = textOf(value.filetype) ?? 'application/octet-stream';
	const json = { _id: value._id, entity: value.entity, property: value.type, name, size: value.filesize, type } as IDataObject;
	return { announced: { name, type, size: numberOf(value.filesize) }, json };
}

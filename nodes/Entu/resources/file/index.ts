import type { Resource } from '../../../shared/operation/operation';
import { remove } from './delete';
import { download } from './download';
import { getThumbnail } from './getThumbnail';
import { upload } from './upload';

export const file: Resource = { name: 'File', value: 'file', operations: [upload, download, getThumbnail, remove] };

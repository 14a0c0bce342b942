import type { Resource } from '../../../shared/define';
import { download } from './download';
import { getAll } from './getAll';

export const output: Resource = { name: 'Output', value: 'output', operations: [getAll, download] };

import type { Resource } from '../../../shared/operation/operation';
import { download } from './download';
import { getAll } from './getAll';

export const output: Resource = { name: 'Output', value: 'output', operations: [getAll, download] };

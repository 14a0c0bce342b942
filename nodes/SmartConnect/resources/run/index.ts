import type { Resource } from '../../../shared/define';
import { getAll } from './getAll';
import { getErrors } from './getErrors';

export const run: Resource = { name: 'Run', value: 'run', operations: [getAll, getErrors] };

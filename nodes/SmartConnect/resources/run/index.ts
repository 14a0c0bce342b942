import type { Resource } from '../../../shared/operation/operation';
import { getAll } from './getAll';
import { getErrors } from './getErrors';

export const run: Resource = { name: 'Run', value: 'run', operations: [getAll, getErrors] };

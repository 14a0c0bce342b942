import type { Resource } from '../../../shared/operation/operation';
import { getAll } from './getAll';

export const dataSource: Resource = { name: 'Data Source', value: 'dataSource', operations: [getAll] };

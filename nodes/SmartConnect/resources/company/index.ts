import type { Resource } from '../../../shared/define';
import { getAll } from './getAll';

export const company: Resource = { name: 'Company', value: 'company', operations: [getAll] };

import type { Resource } from '../../../shared/define';
import { upsert } from './upsert';

export const contractor: Resource = { name: 'Contractor', value: 'contractor', operations: [upsert] };

import type { Resource } from '../../../shared/operation/operation';
import { upsert } from './upsert';

export const contractor: Resource = { name: 'Counterparty', value: 'contractor', operations: [upsert] };

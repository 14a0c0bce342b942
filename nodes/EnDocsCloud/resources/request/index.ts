import type { Resource } from '../../../shared/operation/operation';
import { read } from './read';
import { write } from './write';

export const request: Resource = { name: 'Request', value: 'request', operations: [read, write] };

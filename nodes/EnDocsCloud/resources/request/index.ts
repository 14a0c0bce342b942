import type { Resource } from '../../../shared/define';
import { read } from './read';
import { write } from './write';

export const request: Resource = { name: 'Request', value: 'request', operations: [read, write] };

import type { Resource } from '../../../shared/operation/operation';
import { send } from './send';

export const request: Resource = { name: 'Request', value: 'request', operations: [send] };

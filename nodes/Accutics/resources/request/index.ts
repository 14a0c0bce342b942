import type { Resource } from '../../../shared/define';
import { send } from './send';

export const request: Resource = { name: 'Request', value: 'request', operations: [send] };

import type { Call } from '../../../shared/operation/call';
import { PROPOSED, toPath } from '../../wire/address';

/** Where this account has its shifts. */
export const shiftsPath = (call: Call): string => toPath(call.client.setting('shiftsPath') || PROPOSED.shiftsPath, 'Shifts Path', call.client.setting('baseUrl'));

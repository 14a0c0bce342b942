import type { Call } from '../../../shared/operation/call';
import { pathOf } from '../../wire/address';

/** Where this account has its shifts. */
export const shiftsPath = (call: Call): string => pathOf(call.client, 'shiftsPath');

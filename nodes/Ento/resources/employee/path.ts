import type { Call } from '../../../shared/operation/call';
import { pathOf } from '../../wire/address';

/** Where this account has its employees. */
export const employeesPath = (call: Call): string => pathOf(call.client, 'employeesPath');

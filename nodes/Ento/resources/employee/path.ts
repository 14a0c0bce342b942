import type { Call } from '../../../shared/call';
import { PROPOSED, toPath } from '../../address';

/** Where this account has its employees. */
export const employeesPath = (call: Call): string => toPath(call.client.setting('employeesPath') || PROPOSED.employeesPath, 'Employees Path');

import type { Call } from '../../../shared/operation/call';
import { PROPOSED, toPath } from '../../wire/address';

/** Where this account has its employees. */
export const employeesPath = (call: Call): string => toPath(call.client.setting('employeesPath') || PROPOSED.employeesPath, 'Employees Path', call.client.setting('baseUrl'));

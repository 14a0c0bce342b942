import type { PollTrigger } from '../../shared/trigger/event';
import { ento } from '../vendor';
import { employeeChanged } from './employeeChanged';
import { employeeCreated } from './employeeCreated';
import { employeeDeleted } from './employeeDeleted';
import { shiftChanged } from './shiftChanged';
import { shiftCreated } from './shiftCreated';
import { shiftCreatedOrChanged } from './shiftCreatedOrChanged';
import { shiftRemoved } from './shiftRemoved';
import { shiftUnassigned } from './shiftUnassigned';

export const entoTrigger: PollTrigger = {
	service: ento,
	events: [shiftUnassigned, shiftCreated, shiftChanged, shiftRemoved, shiftCreatedOrChanged, employeeCreated, employeeChanged, employeeDeleted],
	account: (client) => [client.setting('baseUrl')],
};

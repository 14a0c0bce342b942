import type { PollTrigger } from '../../shared/trigger/event';
import { entu } from '../vendor';
import { entityCreated } from './entityCreated';
import { entityDeleted } from './entityDeleted';
import { entityUpdated } from './entityUpdated';

export const entuPollingTrigger: PollTrigger = {
	service: entu,
	events: [entityCreated, entityUpdated, entityDeleted],
	account: (client) => [client.setting('baseUrl'), client.setting('database')],
};

import type { PollTrigger } from '../../shared/trigger/event';
import { accutics } from '../vendor';
import { entityChanged } from './entityChanged';
import { entityCreated } from './entityCreated';
import { entityRemoved } from './entityRemoved';

export const accuticsTrigger: PollTrigger = {
	service: accutics,
	events: [entityCreated, entityChanged, entityRemoved],
	account: (client) => [client.setting('baseUrl')],
};

import type { PollTrigger } from '../../shared/trigger/event';
import { smartConnect } from '../vendor';
import { runCompleted } from './runCompleted';
import { runFailed } from './runFailed';
import { runSucceeded } from './runSucceeded';

/** The web service, which comes first, is the only one with a history of runs (smartconnect.md §4). */
export const smartConnectTrigger: PollTrigger = {
	service: smartConnect,
	events: [runFailed, runCompleted, runSucceeded],
	account: (client) => [client.setting('apiUrl'), client.setting('customerId')],
};

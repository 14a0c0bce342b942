import type { PollTrigger } from '../../shared/trigger/event';
import { enDocsCloud } from '../vendor';
import { documentInState } from './documentInState';
import { newContract } from './newContract';
import { newInvoice } from './newInvoice';

export const enDocsCloudTrigger: PollTrigger = {
	service: enDocsCloud,
	events: [newInvoice, newContract, documentInState],
	account: (client) => [client.setting('baseUrl')],
};

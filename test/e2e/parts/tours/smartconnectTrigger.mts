import assert from 'node:assert/strict';
import { outputOf } from '../../../../demo/api.mts';
import { known, seedRuns } from '../../../../sandbox/smartconnect/seed.mts';
import type { Tour } from './tour.mts';

export const smartConnectTrigger: Tour = {
	name: 'smartconnect-trigger',
	title: 'A workflow that starts when a run has failed',
	opening: 'A finance consultant wants to hear of a failed run by itself, instead of looking into the history.',
	needs: 'A [SmartConnect.com credential](../smartconnect.md#credentials).',
	steps: [
		{
			says: 'On the empty canvas click **Add first step…**, type `smartconnect`, click **SmartConnect.com**, then, among its triggers, **On run failed**.',
			does: async (hands) => await hands.beginWith('smartconnect', 'SmartConnect.com', 'On run failed'),
		},
		{
			says: 'As *Integration* click the list, type `cust` and choose **CUSTOMERS**.',
			does: async (hands) => {
				await hands.searchLocator('integrationId', 'cust', 'CUSTOMERS (Customers to CRM)');
			},
			shows: { part: 'parameters', text: 'Asked once a minute; the event; the integration' },
		},
		{
			says: 'Click **Fetch Test Event**: the newest failed run comes out, in the form in which the published workflow gets it.',
			does: async (hands) => await hands.succeed(),
			shows: { part: 'output', text: 'The newest failed run' },
		},
	],
	next: 'Put the nodes behind it that tell you, and click **Publish**: from then on every failed run starts the workflow, once.',
	check: async ({ execution }) => {
		const failed = (seedRuns().get(known.customers) ?? []).filter(({ rejected }) => rejected.length > 0).at(-1);
		const [event] = outputOf(execution, 'SmartConnect.com Trigger');
		assert.equal(event?.RunNumber, failed?.runNumber);
	},
};

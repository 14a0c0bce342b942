import type { IHookFunctions, ILoadOptionsFunctions, IPollFunctions, IWebhookFunctions } from 'n8n-workflow';

import { isRecord } from '../guards';

/** Where n8n knows of no items. */
type WithoutItems = IPollFunctions | IHookFunctions | IWebhookFunctions | ILoadOptionsFunctions;

/** What was picked or entered. For a parameter that is not there, n8n would throw instead of taking the fallback if asked for the picked value. */
export function readParameter(context: WithoutItems, name: string, fallback: unknown): unknown {
	const value: unknown = context.getNodeParameter(name, fallback);
	return isRecord(value) && '__rl' in value ? context.getNodeParameter(name, fallback, { extractValue: true }) : value;
}

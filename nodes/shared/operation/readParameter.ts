import type { IExecuteFunctions, IHookFunctions, ILoadOptionsFunctions, IPollFunctions, IWebhookFunctions } from 'n8n-workflow';

import { isRecord } from '../guards';

/** Where n8n knows of no items. */
type WithoutItems = IPollFunctions | IHookFunctions | IWebhookFunctions | ILoadOptionsFunctions;

/** What was picked or entered. For a parameter that is not there, n8n would throw instead of taking the fallback if asked for the picked value. */
export function readParameter(context: WithoutItems, name: string, fallback: unknown): unknown {
	const value: unknown = context.getNodeParameter(name, fallback);
	return isLocator(value) ? context.getNodeParameter(name, fallback, { extractValue: true }) : value;
}

/** The same for an item. */
export function readItemParameter(context: IExecuteFunctions, name: string, itemIndex: number, fallback: unknown): unknown {
	const value: unknown = context.getNodeParameter(name, itemIndex, fallback);
	return isLocator(value) ? context.getNodeParameter(name, itemIndex, fallback, { extractValue: true }) : value;
}

/** Whether it is what a resource locator holds. One that nobody has touched lacks n8n's mark. */
export function isLocator(value: unknown): value is { readonly mode: unknown; readonly value: unknown } {
	return isRecord(value) && 'mode' in value && 'value' in value;
}

import type { IHttpRequestOptions } from 'n8n-workflow';

import type { Context } from './run';

/**
 * The same n8n, with everything that it sends ended by the signal. For requests with a credential n8n puts the signal of the execution in
 * place of any other, and to the log-in that it begins by itself it gives none.
 */
export function heeding(context: Context, abortSignal: AbortSignal): Context {
	const httpRequest = async (options: IHttpRequestOptions): Promise<unknown> => (await context.helpers.httpRequest({ ...options, abortSignal })) as unknown;
	const helpers: unknown = Object.create(context.helpers, { httpRequest: { value: httpRequest } });
	return Object.create(context, { helpers: { value: helpers }, getExecutionCancelSignal: { value: () => abortSignal } }) as Context;
}

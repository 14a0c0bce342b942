/**
 * What n8n's engine did before and does now, written down from its published packages: a change of ours that an older n8n would take
 * amiss is noticed without installing it. `npm run compat` tries the same in the real ones.
 */
import type { IDataObject, IHttpRequestOptions, INodeExecutionData } from 'n8n-workflow';

export interface Generation {
	/** The releases of n8n. */
	name: string;
	/** Whether an item leaves by the error output, where *On Error* says so: WorkflowExecute.handleNodeErrorOutput. */
	isFailed(item: INodeExecutionData): boolean;
	/** Whether a redirect is followed, with all that the request carries: convertN8nRequestToAxios. */
	followsRedirects(options: Partial<IHttpRequestOptions>): boolean;
	/** Whether an error of n8n (NodeApiError) still has what caused it; some lost it, as a field of the class hides it. */
	keepsCause: boolean;
}

/** Read in n8n-core 1.87.0 (n8n 1.88.0), 1.122.48 (1.123.81), 2.8.1 (2.8.4) and 2.33.2 (2.33.7). */
const isFailedBefore234 = ({ error, json }: INodeExecutionData): boolean =>
	Boolean(error) || hasOnly(json, ['error']) || (hasOnly(json, ['error', 'message']) && Boolean(json.message) && Object.keys(json).length === 2);

/** Read in n8n-core 2.34.4 and 2.41.1. */
const isFailedSince234 = ({ error, json }: INodeExecutionData): boolean => Boolean(error) || hasOnly(json, ['error', 'message', 'details']);

const hasOnly = (json: IDataObject, keys: readonly string[]): boolean => Boolean(json.error) && Object.keys(json).every((key) => keys.includes(key));

/** Read in n8n-core 1.87.0 to 2.8.1, which know `disableFollowRedirect` alone. */
const followsBefore229 = ({ disableFollowRedirect }: Partial<IHttpRequestOptions>): boolean => disableFollowRedirect !== true;

/** Read in @n8n/backend-network 1.3.6 (n8n 2.29 or 2.30) and in that of n8n 2.41.1. */
const followsSince229 = ({ disableFollowRedirect, maxRedirects }: Partial<IHttpRequestOptions>): boolean => disableFollowRedirect !== true && maxRedirects !== 0;

/** Oldest first; the last is the one that the tests run on. */
export const generations: readonly Generation[] = [
	{ name: 'n8n 1.85 to 2.28', isFailed: isFailedBefore234, followsRedirects: followsBefore229, keepsCause: false },
	{ name: 'n8n 2.29 to 2.33', isFailed: isFailedBefore234, followsRedirects: followsSince229, keepsCause: false },
	{ name: 'n8n 2.34 and later', isFailed: isFailedSince234, followsRedirects: followsSince229, keepsCause: true },
];

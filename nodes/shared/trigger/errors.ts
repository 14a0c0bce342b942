import type { IPollFunctions, NodeApiError, NodeOperationError } from 'n8n-workflow';

import { toNodeError } from '../answer/errors';
import type { Failure, Reason } from '../answer/failure';

/** The words by which n8n, since 2.37, decides when it polls again. */
type Cause = 'rate-limited' | 'temporarily-unavailable' | 'credential-invalid' | 'configuration-invalid';

const CAUSES: Readonly<Partial<Record<Reason, Cause>>> = {
	'too many requests': 'rate-limited',
	'log-in refused': 'credential-invalid',
	'no access': 'credential-invalid',
	'invalid input': 'configuration-invalid',
	'not found': 'configuration-invalid',
	rejected: 'configuration-invalid',
};

const AGAIN = 'The trigger was not started: mend this, or wait if the service is busy, and publish the workflow again';
const PUBLISHING: ReadonlySet<string> = new Set(['activate', 'create']);

/** The n8n error for a poll that failed, with its cause. */
export function toPollError(context: IPollFunctions, failure: Failure): NodeApiError | NodeOperationError {
	const isPublishing = context.getMode() !== 'manual' && PUBLISHING.has(context.getActivationMode());
	const error = toNodeError(context.getNode(), failure, undefined, isPublishing ? AGAIN : undefined);
	error.failure = { cause: CAUSES[failure.reason] ?? 'temporarily-unavailable' };
	return error;
}

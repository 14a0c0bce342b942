import { randomUUID } from 'node:crypto';
import type { INodeProperties } from 'n8n-workflow';

import { toFailure } from '../../shared/answer/errors';
import { fail } from '../../shared/answer/failure';
import type { Call } from '../../shared/operation/call';
import type { Request } from '../../shared/service/request';

/** Every call carries the caller's request id, a GUID in all samples (vendors/endocs.md §2.1). */
export const requestIdOption: INodeProperties = {
	displayName: 'Request ID',
	name: 'requestId',
	type: 'string',
	default: '',
	placeholder: 'e.g. 7a3e0c9e-58a7-4f0b-8d27-1b2f0d5c9a44',
	description: 'Your own ID for the call, to trace it later; without one, a new UUID is made for each call',
};

/** The user's own request id, else a new one. */
export function newRequestId(call: Call): string {
	return call.option('requestId') || randomUUID();
}

/**
 * Sends a request; a failure tells its request id.
 * @throws FailureError with `requestId` in its details
 */
export async function sendTraced(call: Call, requestId: string, request: Request): Promise<unknown> {
	try {
		return await call.client.send(request);
	} catch (error) {
		const failure = toFailure(error, (text) => call.client.shown(text));
		return fail({ ...failure, details: { ...failure.details, requestId } });
	}
}

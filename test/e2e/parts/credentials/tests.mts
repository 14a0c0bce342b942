import assert from 'node:assert/strict';
import type { CredentialInput, TestResult } from '../../../../demo/api.mts';
import { flawOf } from '../../../support/mistakes.mts';
import type { Server } from '../../server.mts';

/** Tests a saved credential with some fields changed: n8n is sent all fields, those with secrets masked. */
export async function testAsEditor({ api }: Server, id: string, credential: CredentialInput, changes: CredentialInput['data']): Promise<TestResult> {
	const shown = await api.getCredential(id);
	return await api.testCredential(id, { ...credential, data: { ...shown.data, ...changes } });
}

export function assertOk({ status, message }: TestResult): void {
	assert(status === 'OK', `The test failed: ${message}`);
}

/** Refused, with a sentence that a person can act on and that holds no secret; returns it. */
export function assertRefused({ status, message }: TestResult, secrets: readonly string[]): string {
	assert(status === 'Error', 'The test passed.');
	const flaw = flawOf(message, secrets);
	assert(flaw === undefined, flaw);
	return message;
}

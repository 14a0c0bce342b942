import { createHash } from 'node:crypto';

/** A short text that differs when any of the values does, and from which none can be read. */
export function fingerprint(values: readonly unknown[]): string {
	return createHash('sha256').update(JSON.stringify(values)).digest('base64url').slice(0, 22);
}

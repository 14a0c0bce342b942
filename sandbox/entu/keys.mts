import { createHash, randomInt } from 'node:crypto';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!@#$%^&*-_=+';

/** A new API key: 32 characters including symbols (§3.3). */
export function newApiKey(): string {
	return Array.from({ length: 32 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
}

/** What is stored of a key. */
export const hashOf = (key: string): string => createHash('sha256').update(key).digest('hex');

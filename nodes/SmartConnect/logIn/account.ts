import { constants, createPublicKey, publicEncrypt } from 'node:crypto';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { normalizeBaseUrl } from '../../shared/addresses';
import { parseJson } from '../../shared/answer/outcome';
import { fingerprint } from '../../shared/fingerprint';
import { parseXml, type XmlElement } from '../rows/xml';

type Credentials = ICredentialDataDecryptedObject;

/** An address as it is entered; the API settings of SmartConnect.com show it without a scheme at times (smartconnect.md §2.1). */
export function toAddress(entered: unknown): string {
	const url = normalizeBaseUrl(entered);
	return url === '' || /^https?:\/\//i.test(url) ? url : `https://${url}`;
}

export const apiUrlOf = ({ apiUrl }: Credentials): string => toAddress(apiUrl);
export const loginUrlOf = ({ loginUrl }: Credentials): string => toAddress(loginUrl);
export const customerIdOf = ({ customerId }: Credentials): string => trimmed(customerId);
export const emailOf = ({ email }: Credentials): string => trimmed(email);

/** Identifies the account that a token of the web service belongs to: a token is good for one user in one company. */
export function tokenOwner(credentials: Credentials): string {
	const { password } = credentials;
	return fingerprint([apiUrlOf(credentials), loginUrlOf(credentials), customerIdOf(credentials), emailOf(credentials), password]);
}

/** Address of the newer REST API: that of a region, or one of its own. */
export function restHostOf({ region, host }: Credentials): string {
	return toAddress(region === 'custom' ? host : region);
}

/** Identifies the account that a token of the REST API belongs to. */
export function restTokenOwner(credentials: Credentials): string {
	const { username, password, clientId, clientSecret } = credentials;
	return fingerprint([restHostOf(credentials), trimmed(username), password, clientId, clientSecret]);
}

const LONGEST_PASSWORD = 117;

/**
 * The password as the web service takes it: RSA with PKCS#1 v1.5 padding, in base64 (smartconnect.md §2.2).
 * @param publicKey the answer of `/v1/public-key`: quoted RSAKeyValue XML
 * @throws Error that says what is wrong, without the password
 */
export function encryptPassword(publicKey: string, password: unknown): string {
	const bytes = Buffer.from(String(password ?? ''), 'utf8');
	if (bytes.length > LONGEST_PASSWORD) throw new Error(`The password is longer than the ${LONGEST_PASSWORD} bytes that SmartConnect can take`);
	const jwk = readKey(publicKey);
	if (!jwk) throw new Error(NO_KEY);
	const key = createPublicKey({ key: jwk, format: 'jwk' });
	return publicEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, bytes).toString('base64');
}

/** Whether an answer is a public key. */
export function holdsKey(answer: string): boolean {
	return readKey(answer) !== undefined;
}

export const NO_KEY =
	'The log-in address did not answer with a public key. Check the Login URL in the credential: usually it is https://login.smartconnect.com';

function readKey(answer: string): { kty: string; n: string; e: string } | undefined {
	const quoted = parseJson(answer);
	const key = elementsIn(typeof quoted === 'string' ? quoted : answer);
	const [n, e] = ['Modulus', 'Exponent'].map((name) => base64UrlIn(key, name));
	return n && e ? { kty: 'RSA', n, e } : undefined;
}

function elementsIn(text: string): readonly XmlElement[] {
	try {
		return parseXml(text).children;
	} catch {
		return [];
	}
}

function base64UrlIn(key: readonly XmlElement[], name: string): string {
	const base64 = key.find((child) => child.name === name)?.text ?? '';
	return Buffer.from(base64, 'base64').toString('base64url');
}

function trimmed(value: unknown): string {
	return String(value ?? '').trim();
}

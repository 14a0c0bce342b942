import { constants, generateKeyPairSync, privateDecrypt, type KeyObject } from 'node:crypto';

/** The key that passwords are encrypted for: 1024 bits, as the documented one (vendors/smartconnect.md §2.2). */
export class Keys {
	private pair = newPair();

	/** From now on, what was encrypted before does not open (assumed). */
	rotate(): void {
		this.pair = newPair();
	}

	/** The public key as `RSAKeyValue` XML. */
	get xml(): string {
		const { n = '', e = '' } = this.pair.publicKey.export({ format: 'jwk' });
		const base64 = (part: string) => Buffer.from(part, 'base64url').toString('base64');
		return `<RSAKeyValue><Modulus>${base64(n)}</Modulus><Exponent>${base64(e)}</Exponent></RSAKeyValue>`;
	}

	/**
	 * The password in a base64 ciphertext; `undefined` when it does not open.
	 * Node 20 refuses to strip this padding itself (CVE-2023-46809), so it is done here.
	 */
	open(ciphertext: string): string | undefined {
		const bytes = Buffer.from(ciphertext, 'base64');
		if (bytes.length !== 128 || bytes.toString('base64') !== ciphertext) return undefined;
		const plain = decrypt(this.pair.privateKey, bytes);
		if (plain?.[0] !== 0 || plain[1] !== 2) return undefined;
		const end = plain.indexOf(0, 2);
		return end < 10 ? undefined : plain.subarray(end + 1).toString('utf8');
	}
}

const newPair = () => generateKeyPairSync('rsa', { modulusLength: 1024 });

function decrypt(key: KeyObject, bytes: Buffer): Buffer | undefined {
	try {
		return privateDecrypt({ key, padding: constants.RSA_NO_PADDING }, bytes);
	} catch {
		return undefined;
	}
}

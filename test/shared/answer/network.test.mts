/** What a fault of the network means: what was not sent may be sent again, and says so. */
import { networkFailure } from '../../../nodes/shared/answer/network';

const wrapped = (cause: object) => Object.assign(new Error('n8n says no'), { cause: Object.assign(new Error('no'), cause) });
const failureOf = (cause: object) => networkFailure({ error: wrapped(cause), stopped: false }, 'Toy');

test.each(['SELF_SIGNED_CERT_IN_CHAIN', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY'])(
	'%s: how n8n comes to trust the certificate',
	(code) => {
		const { failure, fate } = failureOf({ code });
		expect(failure.fix).toContain('NODE_EXTRA_CA_CERTS');
		expect(fate).toBe('not carried out');
	},
);

const secure = (secureConnecting: boolean) => ({ request: { socket: { secureConnecting } } });

test.each<[string, object, string]>([
	['a reset during the handshake', { code: 'ECONNRESET', ...secure(true) }, 'not carried out'],
	['a time-out during the handshake', { code: 'ECONNABORTED', ...secure(true) }, 'not carried out'],
	['a refused handshake', { code: 'EPROTO', ...secure(true) }, 'not carried out'],
	['a refused handshake of which only the code is left', { code: 'ERR_SSL_WRONG_VERSION_NUMBER' }, 'not carried out'],
	['a certificate that is asked for after it', { code: 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', ...secure(false) }, 'not carried out'],
	['a call that nobody takes', { code: 'ETIMEDOUT', syscall: 'connect' }, 'not carried out'],
	['a reset after the handshake', { code: 'ECONNRESET', ...secure(false) }, 'unknown'],
	['a damaged record after the handshake', { code: 'ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC', ...secure(false) }, 'unknown'],
	['a time-out', { code: 'ETIMEDOUT' }, 'unknown'],
	['a damaged answer', { code: 'HPE_INVALID_CHUNK_SIZE' }, 'unknown'],
	['a damaged compression', { code: 'Z_DATA_ERROR' }, 'unknown'],
])('%s', (_name, cause, fate) => {
	const outcome = failureOf(cause);
	expect(outcome).toMatchObject({ fate, transient: true });
	expect(outcome.failure.message).not.toMatch(/n8n says no|[A-Z]{5}|[A-Z]_/);
	expect(outcome.failure.fix).toMatch(/\S/);
});

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

/** As n8n 1.123 to 2.33 leaves an error: its own words in place of the text, what it replaced in `messages`, the cause lost. */
const lost = (message: string, ...messages: string[]) => networkFailure({ error: Object.assign(new Error(message), { messages }), stopped: false }, 'Toy');

test.each<[string, [string, ...string[]], string, RegExp]>([
	['a refused connection', ['The service refused the connection - perhaps it is offline', 'connect ECONNREFUSED 127.0.0.1:1'], 'not carried out', /refused the connection/],
	['a refused connection on every address of a host', ['The service refused the connection - perhaps it is offline'], 'not carried out', /refused the connection/],
	['a host without an address', ['The connection cannot be established, this usually occurs due to an incorrect host (domain) value', 'getaddrinfo ENOTFOUND nowhere.test'], 'not carried out', /can’t be found/],
	['a call that nobody takes', ["The connection timed out, consider setting the 'Retry on Fail' option in the node settings", 'connect ETIMEDOUT 10.0.0.1:443'], 'not carried out', /can’t be reached/],
	['a reset during the handshake', ['The connection to the server was closed unexpectedly, perhaps it is offline. You can retry the request immediately or wait and retry later.', 'Client network socket disconnected before secure TLS connection was established'], 'not carried out', /secure connection/],
	['a refused handshake', ['write EPROTO 0A:error:0A00010B:SSL routines:ssl3_get_record:wrong version number:../ssl3_record.c:354:'], 'not carried out', /secure connection/],
	['a certificate of its own', ['self-signed certificate; if the root CA is installed locally, try running Node.js with --use-system-ca'], 'not carried out', /nobody vouches/],
	['a certificate for another host', ["Hostname/IP does not match certificate's altnames: Host: localhost. is not in the cert's altnames: DNS:example.test"], 'not carried out', /another host/],
	['a damaged record after the handshake', ['0A:error:0A000119:SSL routines:ssl3_get_record:decryption failed or bad record mac:../ssl3_record.c:622: EPROTO'], 'unknown', /before its answer was complete/],
	['a closed connection', ['The connection was aborted, perhaps the server is offline', 'socket hang up'], 'unknown', /before its answer was complete/],
	['a reset', ['The connection to the server was closed unexpectedly, perhaps it is offline. You can retry the request immediately or wait and retry later.', 'read ECONNRESET'], 'unknown', /before its answer was complete/],
	['a time-out', ['timeout of 300ms exceeded'], 'unknown', /in time/],
	['a damaged answer', ['Parse Error: Invalid character in chunk size'], 'unknown', /can’t be read/],
	['a damaged compression', ['incorrect header check'], 'unknown', /can’t be read/],
])('where the cause is lost, %s', (_name, [message, ...messages], fate, words) => {
	const outcome = lost(message, ...messages);
	expect(outcome).toMatchObject({ fate, transient: true });
	expect(outcome.failure.message).toMatch(words);
	expect(outcome.failure.fix).toMatch(/\S/);
});

test('what no fault of the network says is none, whatever it talks of', () => {
	expect(lost('Entu does not accept this API key for this database').failure.reason).toBe('unexpected');
});

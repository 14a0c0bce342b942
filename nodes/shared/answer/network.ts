import { isRecord } from '../guards';
import type { Failure } from './failure';
import type { Outcome } from './outcome';

/** A request that brought no answer. */
export interface NetworkFault {
	readonly error: unknown;
	/** Whether the execution was stopped meanwhile. */
	readonly stopped: boolean;
}

type Failed = Extract<Outcome, { type: 'failed' }>;

/** What is known about a fault of a kind. */
interface Known {
	/** What the service did, as the rest of a sentence. */
	readonly what: string;
	/** What to do, by the field of the credential that holds the address. */
	readonly fix: (field: string) => string;
	readonly fate: Failed['fate'];
	readonly reason?: Failure['reason'];
}

const checkAddress = (field: string): string => `Check the ${field} in the credential, and that this n8n may reach that host`;
const tryLater = (): string => "Try again later. If it happens with large requests only, raise the option 'Timeout'";
const trust = (): string =>
	'If it is the right host, let n8n trust it: name the file of its certificate authority in the environment variable NODE_EXTRA_CA_CERTS, or put it into /opt/custom-certificates of the Docker image, and start n8n anew. Nothing was sent';
const renew = (): string => 'Have the certificate of the service renewed, and check the clock of the machine that n8n runs on. Nothing was sent';
const checkHttps = (field: string): string =>
	`Check the ${field} in the credential: host, port, and whether the service is there over HTTPS at all. A proxy in between may also break off secure connections. Nothing was sent`;
const checkAnswerer = (field: string): string => `Try again later; if it stays, check the ${field} in the credential, and whether a proxy answers in place of the service`;

const unsent = (what: string, fix = checkAddress): Known => ({ what, fix, fate: 'not carried out' });
const brokenOff = (what: string): Known => ({ what, fix: tryLater, fate: 'unknown' });

const NOBODY_VOUCHES = unsent('shows a certificate that nobody vouches for', trust);
const UNVERIFIED = unsent('shows a certificate that can’t be verified', trust);
const UNREACHABLE = unsent('can’t be reached');
const NO_HANDSHAKE = unsent('broke off before a secure connection was established', checkHttps);
const LATE = brokenOff('did not answer in time');
const CUT = brokenOff('closed the connection before its answer was complete');
const GARBLED: Known = { what: 'sent an answer that can’t be read: what came is damaged, or no HTTP', fix: checkAnswerer, fate: 'unknown', reason: 'unreadable answer' };

/** By the code of Node, OpenSSL or the HTTP library. */
const KNOWN: Readonly<Record<string, Known>> = {
	ECONNREFUSED: unsent('refused the connection'),
	ENOTFOUND: unsent('has a host name that can’t be found'),
	EAI_AGAIN: unsent('has a host name that can’t be looked up at the moment'),
	EHOSTUNREACH: UNREACHABLE,
	ENETUNREACH: UNREACHABLE,
	CERT_HAS_EXPIRED: unsent('shows a certificate that has expired', renew),
	CERT_NOT_YET_VALID: unsent('shows a certificate that is not valid yet', renew),
	CERT_REVOKED: unsent('shows a certificate that was revoked', renew),
	DEPTH_ZERO_SELF_SIGNED_CERT: NOBODY_VOUCHES,
	SELF_SIGNED_CERT_IN_CHAIN: NOBODY_VOUCHES,
	CERT_UNTRUSTED: NOBODY_VOUCHES,
	UNABLE_TO_GET_ISSUER_CERT: UNVERIFIED,
	UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNVERIFIED,
	UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNVERIFIED,
	CERT_SIGNATURE_FAILURE: UNVERIFIED,
	ERR_TLS_CERT_ALTNAME_INVALID: unsent('shows a certificate for another host'),
	// Asked for only after the handshake, but before anything is carried out.
	ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: NO_HANDSHAKE,
	ECONNRESET: CUT,
	ERR_BAD_RESPONSE: CUT,
	ERR_STREAM_PREMATURE_CLOSE: CUT,
	EPIPE: brokenOff('closed the connection while the request was being sent'),
	ETIMEDOUT: LATE,
	ECONNABORTED: LATE,
	ERR_CANCELED: LATE,
};
/** Of the HTTP parser, and of what unpacks compressed answers. */
const GARBLED_CODES = /^(HPE_|Z_|ERR__ERROR_|ERR_BROTLI|ERR_ZSTD|ZSTD_)/;
const TLS_CODES = /^(EPROTO|ERR_SSL_\w+|ERR_TLS_HANDSHAKE_TIMEOUT)$/;

/**
 * What a fault of the network means.
 * @param service name for the message
 * @param field of the credential that holds the address
 */
export function networkFailure(fault: NetworkFault, service: string, field = 'base URL'): Failed {
	if (fault.stopped) return failed({ reason: 'stopped', message: 'The execution was stopped' }, false, 'unknown');
	const known = knownOf(fault.error);
	// Not a fault of the network: what the credential's log-in says about itself comes here too.
	if (!known) return failed({ reason: 'unexpected', message: rootMessage(fault.error) }, false, 'unknown');
	const { what, fix, fate, reason = 'unreachable' } = known;
	return failed({ reason, message: `${service} ${what}`, fix: fix(field) }, true, fate);
}

function knownOf(error: unknown): Known | undefined {
	const chain = causes(error);
	const codes = chain.map((e) => (isObject(e) && typeof e.code === 'string' ? e.code : ''));
	const known = knownIn(codes);
	if (known?.fate === 'not carried out') return known;
	if (chain.some(isConnecting)) return UNREACHABLE;
	const isSecure = codes.some((code) => TLS_CODES.test(code));
	if (isBeforeHandshake(chain, isSecure)) return NO_HANDSHAKE;
	if (known) return known;
	if (codes.some((code) => GARBLED_CODES.test(code))) return GARBLED;
	return isSecure ? CUT : knownByTexts(textsOf(error));
}

function knownIn(codes: readonly string[]): Known | undefined {
	return codes.map((code) => KNOWN[code]).find((one) => one !== undefined);
}

/** What stands in an error whose code is lost, the surest first; the last ones are n8n's own words. */
const WRITTEN: ReadonlyArray<readonly [RegExp, Known | undefined]> = [
	[/\bconnect E[A-Z]+\b/, UNREACHABLE],
	[/before secure TLS connection was established|SSL routines:.*(wrong version number|handshake failure|protocol version|unsupported protocol)/, NO_HANDSHAKE],
	[/certificate has expired/, KNOWN.CERT_HAS_EXPIRED],
	[/certificate is not yet valid/, KNOWN.CERT_NOT_YET_VALID],
	[/self.signed certificate/, NOBODY_VOUCHES],
	[/unable to (verify the first|get (local )?issuer) certificate/, UNVERIFIED],
	[/does not match certificate's altnames/, KNOWN.ERR_TLS_CERT_ALTNAME_INVALID],
	[/\bEPROTO\b|SSL routines:/, CUT],
	[/timeout of \d+ ?ms exceeded|^canceled$/, LATE],
	[/^Parse Error\b|incorrect (header|data) check|unexpected end of file|invalid (block|stored|code|distance|literal|bit|window)|compression method|Decompression failed/i, GARBLED],
	[/\b(aborted|socket hang up)\b/i, CUT],
	[/^The service refused the connection/, KNOWN.ECONNREFUSED],
	[/^The connection timed out/, LATE],
];

/** n8n 1.123 to 2.33 loses the cause of its own errors, and the code with it. */
function knownByTexts(texts: readonly string[]): Known | undefined {
	const known = knownIn(texts.flatMap((text) => text.match(/\b[A-Z][A-Z0-9_]+\b/g) ?? []));
	if (known?.fate === 'not carried out') return known;
	return WRITTEN.find(([words]) => texts.some((text) => words.test(text)))?.[1] ?? known;
}

/** Whether nobody has taken the call. */
function isConnecting(e: unknown): boolean {
	return isObject(e) && e.syscall === 'connect';
}

/** A connection tells whether its handshake was over; without it, only the error is left to tell. */
function isBeforeHandshake(chain: readonly unknown[], isSecure: boolean): boolean {
	if (chain.some((e) => e instanceof Error && e.message.includes('before secure TLS connection was established'))) return true;
	const sockets = chain.flatMap((e) => (isObject(e) && isObject(e.request) && isObject(e.request.socket) ? [e.request.socket] : []));
	return sockets.length > 0 ? sockets.some(({ secureConnecting }) => secureConnecting === true) : isSecure;
}

function failed(failure: Failure, transient: boolean, fate: Failed['fate']): Failed {
	return { type: 'failed', failure, transient, fate };
}

/** The chain of errors, from n8n's wrapper down to the first cause. */
export function causes(error: unknown): unknown[] {
	const chain: unknown[] = [];
	for (let e = error; e !== undefined && e !== null && !chain.includes(e); e = isObject(e) ? e.cause : undefined) chain.push(e);
	return chain;
}

/** The texts of a chain of errors, outermost first, each before those that n8n has kept of what it replaced. */
export function textsOf(error: unknown): string[] {
	const texts = causes(error).flatMap((e) => {
		const kept: unknown = isObject(e) ? e.messages : undefined;
		return [e instanceof Error ? e.message : '', ...(Array.isArray(kept) ? kept.map(String) : [])];
	});
	return texts.filter((text) => text !== '');
}

function rootMessage(error: unknown): string {
	const messages = causes(error).map((e) => (e instanceof Error ? e.message : ''));
	return messages.filter((message) => message !== '').at(-1) ?? 'The request could not be sent';
}

interface Told {
	readonly code?: unknown;
	readonly messages?: unknown;
	readonly cause?: unknown;
	readonly syscall?: unknown;
	readonly request?: unknown;
	readonly socket?: unknown;
	readonly secureConnecting?: unknown;
}

function isObject(value: unknown): value is Told {
	return value instanceof Error || isRecord(value);
}

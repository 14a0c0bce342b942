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

/** The request can't have reached the service. */
const NOT_SENT: Readonly<Record<string, string>> = {
	ECONNREFUSED: 'refused the connection',
	ENOTFOUND: 'has a host name that can’t be found',
	EAI_AGAIN: 'has a host name that can’t be looked up at the moment',
	EHOSTUNREACH: 'can’t be reached',
	ENETUNREACH: 'can’t be reached',
	CERT_HAS_EXPIRED: 'shows a certificate that has expired',
	DEPTH_ZERO_SELF_SIGNED_CERT: 'shows a certificate that nobody vouches for',
	SELF_SIGNED_CERT_IN_CHAIN: 'shows a certificate that nobody vouches for',
	UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'shows a certificate that can’t be verified',
	UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'shows a certificate that can’t be verified',
	ERR_TLS_CERT_ALTNAME_INVALID: 'shows a certificate for another host',
};

/** The request was under way; the service may have carried it out. */
const BROKEN_OFF: Readonly<Record<string, string>> = {
	ECONNRESET: 'closed the connection before its answer was complete',
	EPIPE: 'closed the connection while the request was being sent',
	ETIMEDOUT: 'did not answer in time',
	ECONNABORTED: 'did not answer in time',
	ERR_BAD_RESPONSE: 'closed the connection before its answer was complete',
	EPROTO: 'did not answer over HTTPS',
	HPE_INVALID_CONSTANT: 'sent something that is not HTTP',
};

/** What a fault of the network means. @param service name for the message */
export function networkFailure(fault: NetworkFault, service: string): Failed {
	if (fault.stopped) return failed({ reason: 'stopped', message: 'The execution was stopped' }, false, 'unknown');
	const code = codeOf(fault.error);
	const notSent = code && NOT_SENT[code];
	if (notSent) {
		return failed({ reason: 'unreachable', message: `${service} ${notSent}`, fix: CHECK_ADDRESS }, true, 'not carried out');
	}
	const brokenOff = code && (BROKEN_OFF[code] ?? (isAborted(fault.error) ? BROKEN_OFF.ECONNRESET : undefined));
	if (brokenOff || isAborted(fault.error)) {
		const message = `${service} ${brokenOff ?? BROKEN_OFF.ECONNRESET}`;
		return failed({ reason: 'unreachable', message, fix: TRY_LATER }, true, 'unknown');
	}
	// Not a fault of the network: what the credential's log-in says about itself comes here too.
	return failed({ reason: 'unexpected', message: rootMessage(fault.error) }, false, 'unknown');
}

const CHECK_ADDRESS = 'Check the base URL in the credential, and that this n8n may reach that host';
const TRY_LATER = "Try again later. If it happens with large requests only, raise the option 'Timeout'";

function failed(failure: Failure, transient: boolean, fate: Failed['fate']): Failed {
	return { type: 'failed', failure, transient, fate };
}

/** The chain of errors, from n8n's wrapper down to the first cause. */
export function causes(error: unknown): unknown[] {
	const chain: unknown[] = [];
	for (let e = error; e !== undefined && e !== null && !chain.includes(e); e = isObject(e) ? e.cause : undefined) chain.push(e);
	return chain;
}

function codeOf(error: unknown): string | undefined {
	const codes = causes(error).map((e) => (isObject(e) && typeof e.code === 'string' ? e.code : undefined));
	return codes.find((code) => code !== undefined && isKnown(code)) ?? codeInTexts(error) ?? codes.find(Boolean);
}

const isKnown = (code: string): boolean => code in NOT_SENT || code in BROKEN_OFF;

/** What stands for a code in the text of an error, where Node or n8n's HTTP library writes no code there; the longer ones first. */
const WRITTEN: ReadonlyArray<readonly [RegExp, string]> = [
	[/timeout of \d+ ?ms exceeded/, 'ETIMEDOUT'],
	[/certificate has expired/, 'CERT_HAS_EXPIRED'],
	[/self.signed certificate in certificate chain/, 'SELF_SIGNED_CERT_IN_CHAIN'],
	[/self.signed certificate/, 'DEPTH_ZERO_SELF_SIGNED_CERT'],
	[/unable to verify the first certificate/, 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
	[/unable to get local issuer certificate/, 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY'],
	[/does not match certificate's altnames/, 'ERR_TLS_CERT_ALTNAME_INVALID'],
];

/** n8n 1.123 to 2.33 loses the cause of its own errors, and the code with it; the text that it had is left in `messages`. */
function codeInTexts(error: unknown): string | undefined {
	const texts = textsOf(error);
	const codes = texts.flatMap((text) => text.match(/\b[A-Z][A-Z_]+\b/g) ?? []);
	const written = WRITTEN.find(([words]) => texts.some((text) => words.test(text)));
	return codes.find(isKnown) ?? written?.[1];
}

function isAborted(error: unknown): boolean {
	return textsOf(error).some((text) => /\b(aborted|socket hang up)\b/i.test(text));
}

/** The messages of a chain of errors, outermost first, each before those that n8n has kept of what it replaced. */
function textsOf(error: unknown): string[] {
	return causes(error).flatMap((e) => {
		const kept: unknown = isObject(e) ? e.messages : undefined;
		return [e instanceof Error ? e.message : '', ...(Array.isArray(kept) ? kept.map(String) : [])];
	}).filter((text) => text !== '');
}

function rootMessage(error: unknown): string {
	const messages = causes(error).map((e) => (e instanceof Error ? e.message : ''));
	return messages.filter((message) => message !== '').at(-1) ?? 'The request could not be sent';
}

function isObject(value: unknown): value is { code?: unknown; cause?: unknown; messages?: unknown } {
	return value instanceof Error || isRecord(value);
}

import type { Failure } from '../../shared/answer/failure';
import { parseJson } from '../../shared/answer/outcome';
import { isRecord, numberOf } from '../../shared/guards';

/** The token as it is sent. */
export const trimmedToken = (token: unknown): string => String(token ?? '').trim();

/**
 * Why a token can't be used, as far as the token itself tells. It is a JWT (accutics.md §2.2), which says when it runs out; one that
 * doesn't say so, or can't be read, is left to the service to judge.
 * @param now in ms
 */
export function unusableToken(entered: unknown, now = Date.now()): Failure | undefined {
	const token = trimmedToken(entered);
	if (token === '') return refused('The credential holds no token', GET_TOKEN);
	if (!/^[\x21-\x7e]+$/.test(token)) {
		return refused('The token in the credential holds a space, a line break or another character that no token has', ALONE);
	}
	const end = endOf(token);
	if (end === undefined || end.getTime() > now) return undefined;
	return refused(`The token in the credential ran out on ${end.toISOString().slice(0, 16).replace('T', ' ')} UTC`, GET_TOKEN);
}

const GET_TOKEN = 'Get a token for your API user the way Accutics support described, and enter it in the credential';
const ALONE = 'Enter the token alone, in one line and without the word Bearer';

function refused(message: string, fix: string): Failure {
	return { reason: 'log-in refused', message, fix };
}

/** When the token runs out, by its claim `exp` (seconds since 1970). */
function endOf(token: string): Date | undefined {
	const claims = parseJson(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
	const seconds = isRecord(claims) ? numberOf(claims.exp) : undefined;
	const end = new Date((seconds ?? NaN) * 1000);
	return Number.isNaN(end.getTime()) ? undefined : end;
}

import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import type { Failure } from '../../shared/answer/failure';

/** The token as it is sent: without white space around it and without a leading word "Bearer", which is easily copied along. */
export function tokenOf({ apiToken }: ICredentialDataDecryptedObject): string {
	return String(apiToken ?? '')
		.trim()
		.replace(/^bearer(\s+|$)/i, '');
}

/**
 * The header that carries the token. Which one is right is not documented, therefore the credential lets the user choose
 * (vendors/endocs.md A1).
 * @throws Error with a sentence for the user where the credential can't be sent
 */
export function tokenHeader(credentials: ICredentialDataDecryptedObject): Record<string, string> {
	const token = tokenOf(credentials);
	if (!/^[\x21-\x7e]+$/.test(token)) throw new Error(token === '' ? NO_TOKEN : BAD_TOKEN);
	switch (credentials.sendAs) {
		case 'plain':
			return { Authorization: token };
		case 'header':
			return { [headerNameOf(credentials)]: token };
		default:
			return { Authorization: `Bearer ${token}` };
	}
}

/** What keeps the credential from being sent. Told before a request is made: inside of one, nobody could say whether it had left. */
export function unusableToken(credentials: ICredentialDataDecryptedObject): Failure | undefined {
	try {
		tokenHeader(credentials);
		return undefined;
	} catch (error) {
		return { reason: 'invalid input', message: error instanceof Error ? error.message : BAD_TOKEN };
	}
}

function headerNameOf({ headerName }: ICredentialDataDecryptedObject): string {
	const name = String(headerName ?? '').trim();
	if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name)) throw new Error(BAD_HEADER);
	return name;
}

const NO_TOKEN = "The credential holds no API token. Copy it in EnDocs Cloud's settings, section 1C, with the button «Копировать токен»";
const BAD_TOKEN =
	"The API token in the credential holds white space or characters that can't be sent. Copy it again in EnDocs Cloud's settings, section 1C, with the button «Копировать токен»";
const BAD_HEADER = "The header name in the credential can't be sent. Enter a name such as X-Token, or choose another value of 'Send Token As'";

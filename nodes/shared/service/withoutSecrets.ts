import type { HttpResponse } from '../answer/outcome';
import { DataRedactor, redact } from '../secrets/redact';
import type { Credentials } from '../session/session';
import type { Connection } from './service';

/** As entered and as sent: a service may repeat either in what it answers. */
export function secretsIn({ secrets, sentSecrets }: Connection, credentials: Credentials): string[] {
	return [...secrets.map((name) => String(credentials[name] ?? '')), ...(sentSecrets?.(credentials) ?? [])];
}

/**
 * An answer without the secrets that it may repeat. Before anybody reads it: of a text that was cut or taken apart, the rest of a secret
 * could not be told from other texts. What a person has chosen stays in data, which may hold the same text by chance.
 * @param sent further secrets that were made for this one request
 */
export function withoutSecrets(answer: HttpResponse, connection: Connection, credentials: Credentials, sent: readonly string[]): HttpResponse {
	const { secrets, chosen = [] } = connection;
	const isSuccess = answer.status >= 200 && answer.status < 300;
	const keys = [...secretsIn({ ...connection, secrets: secrets.filter((name) => !chosen.includes(name)) }, credentials), ...sent];
	const data = new DataRedactor(keys);
	const text = isSuccess ? data.text(answer.text) : redact(answer.text, [...secretsIn(connection, credentials), ...sent]);
	return { ...answer, text, headers: data.json(answer.headers) };
}

import assert from 'node:assert/strict';

/** What a service of the sandbox answers past n8n. */
export async function ask<T>(url: string, headers: Record<string, string>): Promise<T> {
	const answer = await fetch(url, { headers: { accept: 'application/json', ...headers } });
	assert(answer.ok, `The sandbox answered ${answer.status} to ${url}.`);
	return (await answer.json()) as T;
}

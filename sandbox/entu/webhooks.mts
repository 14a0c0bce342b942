import { effect } from '../journal.mts';
import { webhookToken } from './auth.mts';
import type { Context } from './context.mts';
import { hasText, referencesOf } from './model.mts';

export type WebhookEvent = 'entity-add-webhook' | 'entity-edit-webhook';

const PRIVATE_HOST = /^(localhost|.*\.local|10\..*|127\..*|192\.168\..*|172\.(1[6-9]|2\d|3[01])\..*|169\.254\.169\.254|0\.0\.0\.0|\[?::1\]?)$/;
const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost']);
const GIVE_UP_MS = 10_000;

/** Calls the webhooks of an entity's type: fire and forget, no retry (§7.1). */
export function fireWebhooks({ req, state, database, caller }: Context, entityId: string, event: WebhookEvent): void {
	const [typeId] = referencesOf(database.get(entityId)?.private, '_type');
	if (typeId === undefined || caller.user === undefined) return;
	const plugins = referencesOf(database.get(typeId)?.private, 'plugin').flatMap((id) => database.get(id) ?? []);
	for (const { id, private: plugin } of plugins) {
		if (!hasText(plugin, '_type', 'plugin') || !hasText(plugin, 'type', event)) continue;
		for (const { string: url } of plugin.url ?? []) {
			if (typeof url !== 'string' || !allowed(url, state.settings.allowLoopbackWebhooks)) continue;
			effect(req, 'webhook.send', id);
			send(url, { db: database.name, plugin: event, entity: { _id: entityId }, token: webhookToken(state, database.name, caller.user) });
		}
	}
}

function send(url: string, payload: object): void {
	fetch(url, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(payload),
		signal: AbortSignal.timeout(GIVE_UP_MS),
	}).catch(() => undefined); // The answer is ignored, and so is its absence.
}

/** Only https to public hosts; anything else is skipped without a word. */
function allowed(url: string, loopback: boolean): boolean {
	if (!URL.canParse(url)) return false;
	const { protocol, hostname } = new URL(url);
	if (loopback && LOOPBACK.has(hostname)) return true;
	return protocol === 'https:' && !PRIVATE_HOST.test(hostname);
}

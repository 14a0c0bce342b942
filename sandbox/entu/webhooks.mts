import type { Request } from 'express';
import { effect } from '../journal.mts';
import { webhookToken } from './auth.mts';
import { typeOf, type Database } from './database.mts';
import { referencesOf, textOf, type View } from './model.mts';
import type { State } from './state.mts';

export type WebhookEvent = 'entity-add-webhook' | 'entity-edit-webhook';

const PRIVATE_HOST = /^(localhost|.*\.local|10\..*|127\..*|192\.168\..*|172\.(1[6-9]|2\d|3[01])\..*|169\.254\.169\.254|0\.0\.0\.0)$/;
const GIVE_UP_MS = 10_000;

/** Calls the webhooks of an entity's type: fire and forget, no retry (§7.1). */
export function fireWebhooks(state: State, database: Database, req: Request, event: WebhookEvent, entity: { id: string; view: View }, user: string): void {
	const type = database.get(typeOf(entity.view) ?? '');
	for (const pluginId of referencesOf(type?.view, 'plugin')) {
		const plugin = database.get(pluginId)?.view;
		const url = textOf(plugin, 'url');
		if (textOf(plugin, 'type') !== event || url === undefined || !allowed(url, state.settings.allowLoopbackWebhooks)) continue;
		const token = webhookToken(state, database.name, user);
		const body = JSON.stringify({ db: database.name, plugin: event, entity: { _id: entity.id }, token });
		effect(req, 'webhook.send', pluginId);
		fetch(url, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body,
			signal: AbortSignal.timeout(GIVE_UP_MS),
		}).catch(() => undefined); // The answer is ignored, and so is its absence.
	}
}

/** Only https to public hosts; anything else is skipped without a word. */
function allowed(url: string, loopback: boolean): boolean {
	if (!URL.canParse(url)) return false;
	const { protocol, hostname } = new URL(url);
	if (loopback && (hostname === '127.0.0.1' || hostname === 'localhost')) return true;
	return protocol === 'https:' && !PRIVATE_HOST.test(hostname);
}

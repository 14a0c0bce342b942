import type { Request } from 'express';
import type { IncomingHttpHeaders } from 'node:http';

export interface Effect {
	kind: string;
	id: string;
}

export interface Entry {
	n: number;
	/** Arrival, ms since 1970. */
	at: number;
	service: string;
	method: string;
	/** Below the service's prefix. */
	path: string;
	query: Record<string, unknown>;
	headers: IncomingHttpHeaders;
	bodySize: number;
	body?: unknown;
	/** Of a body that was streamed, in hexadecimal. */
	bodySha256?: string;
	/** `null` while in flight and when no answer was sent. */
	status: number | null;
	fault?: string;
	ms: number | null;
	effects: Effect[];
}

export interface Summary {
	requests: number;
	maxInFlight: number;
	byStatus: Record<string, number>;
	byRoute: Record<string, number>;
	effects: Record<string, number>;
	logins: number;
}

const MAX_BODY_BYTES = 64 * 1024;

function add(counts: Record<string, number>, key: string): void {
	counts[key] = (counts[key] ?? 0) + 1;
}

const emptySummary = (): Summary => ({
	requests: 0,
	maxInFlight: 0,
	byStatus: {},
	byRoute: {},
	effects: {},
	logins: 0,
});

/** What the sandbox received and did, in order of arrival. */
export class Journal {
	private entries: Entry[] = [];
	private summaries = new Map<string, Summary>();
	private inFlight = new Map<string, number>();
	private count = 0;
	/** Requests up to this number belong to the time before the last clearing and are no longer counted. */
	private floor = new Map<string, number>();

	/** Opens the entry of a request. `route` is the pattern, e.g. `GET /:db/entity`. */
	begin(req: Request, service: string, route: string, keep: boolean): Entry {
		const entry: Entry = {
			n: ++this.count,
			at: Date.now(),
			service,
			method: req.method,
			path: req.path,
			query: { ...req.query },
			headers: { ...req.headers },
			bodySize: Number(req.headers['content-length'] ?? 0),
			status: null,
			ms: null,
			effects: [],
		};
		if (keep) this.entries.push(entry);
		const summary = this.summary(service);
		summary.requests += 1;
		add(summary.byRoute, route);
		const flying = (this.inFlight.get(service) ?? 0) + 1;
		this.inFlight.set(service, flying);
		summary.maxInFlight = Math.max(summary.maxInFlight, flying);
		return entry;
	}

	/** Closes the entry. `status` is `null` when the connection ended without an answer. */
	end(entry: Entry, status: number | null): void {
		entry.status = status;
		entry.ms = Date.now() - entry.at;
		this.inFlight.set(entry.service, Math.max(0, (this.inFlight.get(entry.service) ?? 0) - 1));
		if (this.counts(entry)) add(this.summary(entry.service).byStatus, String(status ?? 'none'));
	}

	effect(entry: Entry, kind: string, id: string): void {
		entry.effects.push({ kind, id });
		if (!this.counts(entry)) return;
		const summary = this.summary(entry.service);
		add(summary.effects, kind);
		if (kind === 'login') summary.logins += 1;
	}

	private counts(entry: Entry): boolean {
		return entry.n > (this.floor.get(entry.service) ?? 0);
	}

	list(service?: string): Entry[] {
		return service ? this.entries.filter((entry) => entry.service === service) : this.entries;
	}

	/** Counts of one service; all its requests, also those whose entries were not kept. */
	summary(service: string): Summary {
		let summary = this.summaries.get(service);
		if (!summary) this.summaries.set(service, (summary = emptySummary()));
		return summary;
	}

	/** Forgets everything; requests still in flight are not counted any more. */
	clear(services?: readonly string[]): void {
		const gone = (service: string) => !services || services.includes(service);
		this.entries = services ? this.entries.filter((entry) => !gone(entry.service)) : [];
		for (const service of [...this.summaries.keys()].filter(gone)) {
			this.summaries.delete(service);
			this.floor.set(service, this.count);
		}
	}
}

/** Small JSON and form bodies are kept; anything else is only counted. */
export function readableBody(req: Request): unknown {
	const raw: unknown = req.body;
	if (!Buffer.isBuffer(raw) || raw.length === 0 || raw.length > MAX_BODY_BYTES) return undefined;
	const text = raw.toString('utf8');
	const type = req.headers['content-type'] ?? '';
	if (type.includes('form-urlencoded')) return formFields(text);
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return text;
	}
}

/** The fields of a form by name; a list where a name comes several times. */
export function formFields(text: string): Record<string, string | string[]> {
	const form = new URLSearchParams(text);
	return Object.fromEntries([...new Set(form.keys())].map((name) => [name, oneOrAll(form.getAll(name))]));
}

const oneOrAll = (values: string[]): string | string[] => (values.length === 1 ? (values[0] ?? '') : values);

const open = new WeakMap<Request, { journal: Journal; entry: Entry }>();

/** Ties a request to its entry, so that handlers can record what they did. */
export function attach(req: Request, journal: Journal, entry: Entry): void {
	open.set(req, { journal, entry });
}

/** Records that something happened for good; a log-in is of kind `login`. This is what "exactly once" is proven with. */
export function effect(req: Request, kind: string, id: string): void {
	const found = open.get(req);
	if (found) found.journal.effect(found.entry, kind, id);
}

/** What is known of a streamed body when all of it has come: its real size in bytes, and its SHA-256. */
export function streamedBody(req: Request, bytes: number, sha256: string): void {
	const found = open.get(req);
	if (found) Object.assign(found.entry, { bodySize: bytes, bodySha256: sha256 });
}

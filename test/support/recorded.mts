/** Replays recorded scenes of a real Entu server against the sandbox and compares every answer, field by field. */
import { readFileSync } from 'node:fs';
import { Agent, request, type IncomingHttpHeaders } from 'node:http';
import { Jimp } from 'jimp';
import type { Control } from '../../sandbox/client.mts';

export type Kind = 'valid' | 'odd';

export interface Step {
	/** Who asks: `owner`, `user`, `nobody`, `raw` (headers as given) or `$key1`, a key made in the scene. */
	readonly as: string;
	readonly method: string;
	readonly path?: string;
	readonly url?: string;
	readonly query?: string;
	readonly headers?: Readonly<Record<string, string>>;
	readonly body?: unknown;
	readonly rawBody?: string;
	/** base64 */
	readonly bytes?: string;
	/** ms before the request */
	readonly wait?: number;
	readonly status: number;
	readonly answer: unknown;
	readonly answerHeaders?: Readonly<Record<string, unknown>>;
	/** Names of lists in the answer whose order is free. */
	readonly unordered?: readonly string[];
	readonly kind?: Kind;
	readonly basis?: string;
}

export interface Scene {
	readonly name: string;
	readonly kind: Kind;
	readonly basis?: string;
	readonly steps: readonly Step[];
}

export interface Recording {
	readonly settings: Readonly<Record<string, unknown>>;
	readonly keys: Readonly<Record<'owner' | 'user', string>>;
	readonly scenes: readonly Scene[];
}

export interface Played {
	readonly scene: string;
	/** Counted from 1. */
	readonly step: number;
	readonly kind: Kind;
	readonly basis: string;
	/** The request, for people. */
	readonly request: string;
	/** What differs; empty when the answer is the recorded one. */
	readonly problems: readonly string[];
}

export interface Target {
	/** Base URL of the service. */
	readonly base: string;
	readonly control: Control;
}

const SERVICE = 'entu';
const NAME = /\$(?:key\d+|u\d+|x\d+|[0-9a-f]{24}|\d+)(?:\.\w+\[\d+\])?/g;
const WHOLE_NAME = new RegExp(`^(?:${NAME.source})$`);
const TIME = /^<time([+-]\d+)?>$/;
const NEAR_MS = 15 * 60_000;

export function readRecording(file: string): Recording {
	return JSON.parse(readFileSync(file, 'utf8')) as Recording;
}

/** Plays one scene from the seed state. Waiting moves the sandbox's clock and costs no time. */
export async function play(target: Target, { settings, keys }: Recording, scene: Scene): Promise<Played[]> {
	await target.control.reset();
	await target.control.settings(SERVICE, settings);
	const player = new Player(target, keys);
	const played: Played[] = [];
	for (const [at, step] of scene.steps.entries()) {
		const problems = await player.step(step);
		const { kind = scene.kind, basis = scene.basis ?? 'server' } = step;
		const request = `${step.as} ${step.method} ${step.path ?? step.url}${step.query === undefined ? '' : `?${step.query}`}`;
		played.push({ scene: scene.name, step: at + 1, kind, basis, request, problems });
	}
	return played;
}

interface Answer {
	readonly status: number;
	readonly headers: IncomingHttpHeaders;
	readonly bytes: Buffer;
}

const agent = new Agent({ keepAlive: true, maxSockets: 4 });

class Player {
	private names = new Names();
	private readonly tokens = new Map<string, string>();
	private aheadMs = 0;

	constructor(
		private readonly target: Target,
		private readonly keys: Recording['keys'],
	) {}

	async step(step: Step): Promise<string[]> {
		if (step.wait !== undefined) await this.wait(step.wait);
		const answer = await this.ask(step);
		const problems: string[] = [];
		if (answer.status !== step.status) problems.push(`status ${answer.status}, not ${step.status}: ${answer.bytes.toString().slice(0, 300)}`);
		const comparison = new Comparison(this.names, this.target.base, Date.now() + this.aheadMs, new Set(step.unordered));
		problems.push(...(await comparison.body(step.answer, answer)));
		for (const [name, wanted] of Object.entries(step.answerHeaders ?? {})) {
			problems.push(...comparison.value(wanted, answer.headers[name], `header ${name}`));
		}
		this.names = comparison.names;
		return problems;
	}

	private async wait(ms: number): Promise<void> {
		await this.target.control.advanceClock(ms);
		this.aheadMs += ms;
	}

	private async ask(step: Step): Promise<Answer> {
		const query = step.query === undefined ? '' : `?${this.names.fill(step.query)}`;
		const url = step.url === undefined ? `${this.target.base}${this.names.fill(step.path ?? '')}${query}` : this.names.fill(step.url);
		const { type, body } = this.bodyOf(step);
		const headers: Record<string, string> = { ...type, ...(await this.headersOf(step)) };
		return await send(url, step.method, headers, body);
	}

	private bodyOf({ body, rawBody, bytes }: Step): { type: Record<string, string>; body?: Buffer } {
		if (bytes !== undefined) return { type: {}, body: Buffer.from(bytes, 'base64') };
		if (rawBody !== undefined) return { type: {}, body: Buffer.from(this.names.fill(rawBody)) };
		if (body === undefined) return { type: {} };
		return { type: { 'Content-Type': 'application/json' }, body: Buffer.from(this.names.fill(JSON.stringify(body))) };
	}

	private async headersOf({ as, headers = {} }: Step): Promise<Record<string, string>> {
		const filled: Record<string, string> = {};
		for (const [name, text] of Object.entries(headers)) filled[name] = await this.fillSecrets(this.names.fill(text));
		if (as !== 'raw' && as !== 'nobody') filled.Authorization = `Bearer ${await this.token(as)}`;
		return filled;
	}

	private async fillSecrets(text: string): Promise<string> {
		let filled = text;
		for (const who of ['owner', 'user'] as const) {
			filled = filled.replace(`<${who}-key>`, this.keys[who]);
			if (filled.includes(`<${who}-token>`)) filled = filled.replace(`<${who}-token>`, await this.token(who));
		}
		return filled;
	}

	private async token(who: string): Promise<string> {
		const known = this.tokens.get(who);
		if (known !== undefined) return known;
		const key = who === 'owner' || who === 'user' ? this.keys[who] : this.names.fill(who);
		const answer = await send(`${this.target.base}/auth?db=labdb`, 'GET', { Authorization: `Bearer ${key}` });
		const { token } = JSON.parse(answer.bytes.toString()) as { token: string };
		this.tokens.set(who, token);
		return token;
	}
}

/** Sends path and query as they are written: what a URL class would correct is part of the scene. */
async function send(url: string, method: string, headers: Record<string, string>, body?: Buffer, again = true): Promise<Answer> {
	const [, host = '', port = '', path = ''] = /^http:\/\/([^:/]+):(\d+)(.*)$/s.exec(url) ?? [];
	const length = body === undefined && method === 'GET' ? {} : { 'Content-Length': String(body?.length ?? 0) };
	try {
		return await new Promise<Answer>((resolve, reject) => {
			const asked = request({ agent, host, port, path, method, headers: { ...length, ...headers } }, (answer) => {
				const chunks: Buffer[] = [];
				answer.on('data', (chunk: Buffer) => chunks.push(chunk));
				answer.once('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, bytes: Buffer.concat(chunks) }));
				answer.once('error', reject);
			});
			asked.once('error', reject);
			asked.end(body);
		});
	} catch (error) {
		if (again && (error as NodeJS.ErrnoException).code === 'ECONNRESET') return await send(url, method, headers, body, false);
		throw error;
	}
}

/** What the names of a scene stand for: each for one thing, each thing under one name. */
class Names {
	constructor(
		private readonly values = new Map<string, string>(),
		private readonly taken = new Map<string, string>(),
	) {}

	copy(): Names {
		return new Names(new Map(this.values), new Map(this.taken));
	}

	fill(text: string): string {
		return text.replace(NAME, (name) => this.values.get(name) ?? name);
	}

	/** The first value that stands in the place of a name becomes its meaning. */
	accept(name: string, value: string): boolean {
		const known = this.values.get(name);
		if (known !== undefined) return known === value;
		if (this.taken.has(value)) return false;
		this.values.set(name, value);
		this.taken.set(value, name);
		return true;
	}
}

class Comparison {
	constructor(
		public names: Names,
		private readonly base: string,
		private readonly now: number,
		private readonly unordered: ReadonlySet<string>,
	) {}

	async body(wanted: unknown, answer: Answer): Promise<string[]> {
		if (isObject(wanted) && '<bytes>' in wanted) {
			return answer.bytes.toString('base64') === wanted['<bytes>'] ? [] : [`other bytes: ${answer.bytes.toString('latin1').slice(0, 80)}`];
		}
		if (isObject(wanted) && '<image>' in wanted) {
			const found = await describeImage(answer);
			return found === wanted['<image>'] ? [] : [`image: ${found}, not ${String(wanted['<image>'])}`];
		}
		return this.value(wanted, read(answer), '');
	}

	value(wanted: unknown, found: unknown, at: string): string[] {
		if (typeof wanted === 'string') return this.text(wanted, found, at);
		if (Array.isArray(wanted)) return this.list(wanted, found, at);
		if (!isObject(wanted)) return Object.is(wanted ?? null, found ?? null) ? [] : [`${at}: ${short(found)}, not ${short(wanted)}`];
		if ('<url>' in wanted) return this.url(wanted['<url>'], found, at);
		if (!isObject(found)) return [`${at}: ${short(found)}, not ${short(wanted)}`];
		const extra = Object.keys(found).filter((key) => !(key in wanted));
		const missing = Object.keys(wanted).filter((key) => !(key in found));
		return [
			...extra.map((key) => `${at}.${key}: ${short(found[key])} is too much`),
			...missing.map((key) => `${at}.${key}: ${short(wanted[key])} is missing`),
			...Object.keys(wanted).filter((key) => key in found).flatMap((key) => this.value(wanted[key], found[key], `${at}.${key}`)),
		];
	}

	private text(wanted: string, found: unknown, at: string): string[] {
		const wrong = [`${at}: ${short(found)}, not ${short(wanted)}`];
		if (wanted === '<any>') return [];
		if (wanted === '<number>') return typeof found === 'number' ? [] : wrong;
		if (typeof found !== 'string') return wrong;
		if (wanted === '<token>') return found.split('.').length === 3 ? [] : wrong;
		const [, later = '0'] = TIME.exec(wanted) ?? [];
		if (TIME.test(wanted)) return Math.abs(Date.parse(found) - this.now - Number(later) * 1000) < NEAR_MS ? [] : wrong;
		if (WHOLE_NAME.test(wanted)) return this.names.accept(wanted, found) ? [] : [`${at}: ${found} is not ${wanted} (${this.names.fill(wanted)})`];
		return this.names.fill(wanted.replaceAll('<base>', this.base)) === found ? [] : wrong;
	}

	private url(wanted: unknown, found: unknown, at: string): string[] {
		const signed = typeof found === 'string' && found.includes('X-Amz-Signature=');
		if (!signed) return [`${at}: ${short(found)} is no signed address`];
		return typeof wanted !== 'string' || this.names.accept(wanted, found) ? [] : [`${at}: another address than ${wanted}`];
	}

	private list(wanted: readonly unknown[], found: unknown, at: string): string[] {
		if (!Array.isArray(found)) return [`${at}: ${short(found)}, not a list`];
		const length = wanted.length === found.length ? [] : [`${at}: ${found.length} elements, not ${wanted.length}: ${short(found)}, not ${short(wanted)}`];
		const rows = this.unordered.has(at.slice(1)) ? this.arranged(wanted, found) : found;
		return [...length, ...wanted.slice(0, found.length).flatMap((one, index) => this.value(one, rows[index], `${at}[${index}]`))];
	}

	/** The rows found, in the order of those wanted as far as they can be told. */
	private arranged(wanted: readonly unknown[], found: readonly unknown[]): unknown[] {
		const left = [...found];
		const arranged: unknown[] = [];
		for (const one of wanted) {
			const index = left.findIndex((row) => this.fits(one, row));
			arranged.push(left.splice(Math.max(index, 0), 1)[0]);
		}
		return arranged;
	}

	private fits(wanted: unknown, found: unknown): boolean {
		return new Comparison(this.names.copy(), this.base, this.now, this.unordered).value(wanted, found, '').length === 0;
	}
}

function read({ bytes, headers }: Answer): unknown {
	if (bytes.length === 0) return null;
	const text = bytes.toString('utf8');
	return (headers['content-type'] ?? '').includes('json') ? (JSON.parse(text) as unknown) : text;
}

async function describeImage({ headers, bytes }: Answer): Promise<string> {
	try {
		const { width, height } = (await Jimp.fromBuffer(bytes)).bitmap;
		return `${headers['content-type']} ${width}x${height}`;
	} catch {
		return `no image: ${bytes.toString('latin1').slice(0, 200)}`;
	}
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

const short = (value: unknown): string => (JSON.stringify(value) ?? 'nothing').slice(0, 160);

export interface Tally {
	steps: number;
	right: number;
}

/** How many steps were answered as recorded, by a property of theirs. */
export function tally(played: readonly Played[], by: (step: Played) => string): Map<string, Tally> {
	const counts = new Map<string, Tally>();
	for (const step of played) {
		const count = counts.get(by(step)) ?? { steps: 0, right: 0 };
		count.steps += 1;
		if (step.problems.length === 0) count.right += 1;
		counts.set(by(step), count);
	}
	return counts;
}

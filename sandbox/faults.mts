/** When a fault strikes: `before` the service does anything, or `after` the effect has happened. */
export type When = 'before' | 'after';

export type Fault =
	| { type: 'status'; status: number; headers?: Record<string, string>; body?: unknown; when?: When }
	| { type: 'reset'; when: When }
	| { type: 'hang'; when: When }
	| { type: 'slow'; ms: number; when?: When }
	| { type: 'truncated'; when?: 'after' }
	| { type: 'cut'; when?: 'after' }
	| { type: 'html'; status?: number; when?: When }
	| { type: 'empty'; status?: number; when?: When }
	| { type: 'expired'; count?: number; when?: When }
	| { type: 'sessionsEnd' }
	| { type: 'redirect'; location: string; status: number; when?: When }
	/**
	 * A refusal whose message repeats the request so many times (1 unless told): address, headers, body, with all secrets in them. With `forms`,
	 * also in all forms that services are known to write things in, and with escapes in the JSON of the answer.
	 */
	| { type: 'echo'; status: number; copies?: number; forms?: boolean; when?: When };

export interface FaultOrder {
	service: string;
	/** Any method when absent. */
	method?: string;
	/** Regex source, matched against the path below the service's prefix, with and without its query. */
	path?: string;
	/** How often it strikes: default 1, -1 = always. */
	times?: number;
	/** So many matching requests pass first. */
	skip?: number;
	fault: Fault;
}

export interface ArmedFault extends FaultOrder {
	id: number;
	/** How often it has struck. */
	fired: number;
	/** How many matching requests have passed. */
	passed: number;
}

const TYPES: ReadonlySet<string> = new Set<Fault['type']>([
	'status', 'reset', 'hang', 'slow', 'truncated', 'cut', 'html', 'empty', 'expired', 'sessionsEnd', 'redirect', 'echo',
]);

/** Which requests shall go wrong, and how. */
export class Faults {
	private armed: ArmedFault[] = [];
	private patterns = new Map<number, RegExp>();
	private lastId = 0;

	/** Throws on an unknown fault type or a bad regex. */
	add(order: FaultOrder): number {
		if (!TYPES.has(order.fault?.type)) {
			throw new Error(`Unknown fault type: ${String(order.fault?.type)}. Use one of ${[...TYPES].join(', ')}.`);
		}
		const id = ++this.lastId;
		if (order.path !== undefined) this.patterns.set(id, new RegExp(order.path));
		this.armed.push({ ...order, id, fired: 0, passed: 0 });
		return id;
	}

	/** The fault that strikes this request, if any; counts it. The first armed one wins. */
	strike(service: string, method: string, path: string, search: string): Fault | undefined {
		for (const armed of this.armed) {
			if (armed.service !== service) continue;
			if (armed.method && armed.method.toUpperCase() !== method) continue;
			const pattern = this.patterns.get(armed.id);
			if (pattern && !pattern.test(path) && !pattern.test(path + search)) continue;
			if (armed.passed < (armed.skip ?? 0)) {
				armed.passed += 1;
				continue;
			}
			if (this.spent(armed)) continue;
			armed.fired += 1;
			return armed.fault;
		}
		return undefined;
	}

	private spent(armed: ArmedFault): boolean {
		const count = armed.fault.type === 'expired' ? armed.fault.count : undefined;
		const times = count ?? armed.times ?? 1;
		return times >= 0 && armed.fired >= times;
	}

	list(): ArmedFault[] {
		return this.armed;
	}

	/** Also drops those of a service's storage (`entu-storage` with `entu`). */
	clear(services?: readonly string[]): void {
		this.armed = services ? this.armed.filter((armed) => !services.includes(armed.service)) : [];
	}
}

/** Which server answers: the commit of July 2026 or the later ones (vendors/entu.md, head). */
export type Generation = 'july' | 'later';

export interface EntuSettings {
	generation: Generation;
	/** Life of a token, ms. */
	tokenLifeMs: number;
	/** HTTP status of the answer to a token that does not hold; its body says 401 in any case. assumed: 200, as behind a proxy. */
	badTokenStatus: 401 | 200;
	/** The caller's address as the server sees it; `null` = the real one. */
	callerAddress: string | null;
	/** How long the background queue waits between two rounds, ms: names, rights and formulas reach other entities by it. */
	nameRefreshMs: number;
	/** Life of signed upload and download addresses, ms. */
	storageLifeMs: number;
	/** How long after it was made an entity shows up in lists, ms. */
	lateMs: number;
	/** Webhooks to loopback addresses over http, which the real service refuses. */
	allowLoopbackWebhooks: boolean;
}

/** `ENTU_GENERATION=july` in the environment makes July's server the one that a reset comes back to. */
export const entuDefaults: EntuSettings = {
	generation: process.env.ENTU_GENERATION === 'july' ? 'july' : 'later',
	tokenLifeMs: 12 * 3_600_000,
	badTokenStatus: 401,
	callerAddress: null,
	nameRefreshMs: 2_000,
	storageLifeMs: 60_000,
	lateMs: 0,
	allowLoopbackWebhooks: true,
};

// What goes wrong, round by round.
import type { Control, Fault } from '../../../../sandbox/client.mts';

/** One fault, at all services at once. */
export interface Round {
	name: string;
	/** @param foreignUrl a host that none of the secrets is meant for */
	arm(control: Control, foreignUrl: string): Promise<void>;
	/** Whether credential tests and the editor's look-ups go through it too; they have no time limit that could be lowered. */
	editor: boolean;
}

export const services = ['accutics', 'endocs', 'ento', 'entu', 'entu-storage', 'smartconnect'];
/** What takes a key or a password; log-ins have a time limit of their own. */
const LOG_IN = '^(/auth|/API/GetToken|/rest/token)';
/** All other requests of an operation. */
export const NO_LOG_IN = '^(?!/auth|/login|/API/GetToken|/API/validate|/rest/token)';

const everywhere = async (control: Control, fault: Fault, path?: string): Promise<void> => {
	for (const service of services) await control.fault({ service, times: -1, fault, ...(path ? { path } : {}) });
};
const round = (name: string, fault: Fault, path?: string): Round => ({ name, editor: fault.type === 'echo', arm: async (control) => await everywhere(control, fault, path) });

/** Puts everything back that a round has armed. */
export async function disarm(control: Control): Promise<void> {
	await control.clearFaults();
	await control.settings('accutics', { nextOrigin: null });
	await control.settings('ento', { paging: 'page', foreignNext: null });
	await control.settings('smartconnect', { outputHost: '' });
}

export const rounds: readonly Round[] = [
	{ name: 'no fault', editor: true, arm: async () => {} },
	round('429 that asks to wait for long', { type: 'status', status: 429, headers: { 'Retry-After': '600' } }),
	round('500', { type: 'status', status: 500, when: 'after' }),
	round('reset', { type: 'reset', when: 'after' }),
	round('hang', { type: 'hang', when: 'after' }, NO_LOG_IN),
	round('slow', { type: 'slow', ms: 50 }),
	round('truncated body', { type: 'truncated' }),
	round('cut body', { type: 'cut' }),
	round('web page', { type: 'html', status: 200 }),
	round('empty body', { type: 'empty', status: 200 }),
	round('session over, always', { type: 'expired', count: -1 }, NO_LOG_IN),
	{
		name: 'redirect to a foreign host',
		editor: true,
		arm: async (control, location) => await everywhere(control, { type: 'redirect', status: 307, location: `${location}/redirected` }),
	},
	{
		name: 'next pages and files on a foreign host',
		editor: false,
		arm: async (control, origin) => {
			await control.settings('accutics', { nextOrigin: origin });
			await control.settings('ento', { paging: 'link', foreignNext: origin });
			await control.settings('smartconnect', { outputHost: origin });
			await control.fault({ service: 'entu-storage', times: -1, fault: { type: 'redirect', status: 307, location: `${origin}/storage` } });
		},
	},
	round('request repeated in a 200', { type: 'echo', status: 200 }, NO_LOG_IN),
	round('request repeated many times in a 400', { type: 'echo', status: 400, copies: 20 }, NO_LOG_IN),
	...[401, 500].map((status) => round(`request repeated in a ${status}`, { type: 'echo', status })),
	...[401, 500].map((status): Round => ({
		name: `log-in repeated in a ${status}`,
		editor: true,
		arm: async (control) => {
			for (const service of ['entu', 'smartconnect']) await control.expireSessions(service);
			await everywhere(control, { type: 'echo', status }, LOG_IN);
		},
	})),
];

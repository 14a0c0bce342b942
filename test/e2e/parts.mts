import type { installPrograms } from '../../demo/debian.mjs';
import type { Checks } from './checks.mts';
import { checkAgent } from './parts/agent.mts';
import { checkCredentials } from './parts/credentials.mts';
import { checkEditor } from './parts/editor.mts';
import { checkErrors } from './parts/errors.mts';
import { checkFiles } from './parts/files.mts';
import { checkLeaks } from './parts/leaks.mts';
import { checkLazyLoading } from './parts/lazy.mts';
import { checkLoading } from './parts/loading.mts';
import { checkLookUps } from './parts/lookups.mts';
import { checkRedirects } from './parts/redirects.mts';
import { checkRetries } from './parts/retries.mts';
import { checkSessions } from './parts/sessions.mts';
import { checkSoak } from './parts/soak.mts';
import { checkTriggers } from './parts/triggers.mts';
import { checkWorkers } from './parts/workers.mts';
import { checkWorkflows } from './parts/workflows.mts';
import type { Server } from './server.mts';

/** One part of the proof. */
export type Part = {
	/** As named on the command line: `npm run e2e -- loading`. */
	name: string;
	title: string;
	/** Programs from Debian's packages that must be there. */
	needs?: Parameters<typeof installPrograms>[0];
	/** Takes a quarter of an hour or more, and runs when it is named only. */
	isLong?: true;
} & (
	| { /** Runs on the n8n that several parts share. It may leave things behind, but must not stop it. */ onShared(checks: Checks, server: Server): Promise<void> }
	| { /** Starts (and ends) what it needs itself, while nothing else runs. */ alone(checks: Checks, release: string): Promise<void> }
);

/** All parts, in the order in which they run; those that share an n8n come first. */
export const parts: readonly Part[] = [
	{ name: 'loading', title: 'n8n installs and loads the published package', onShared: checkLoading },
	{ name: 'credentials', title: 'Credential tests', onShared: checkCredentials },
	{ name: 'lookups', title: 'What the fields of the nodes offer to pick from', onShared: checkLookUps },
	{ name: 'workflows', title: 'Example workflows', onShared: checkWorkflows },
	{ name: 'errors', title: 'Items that fail, in the three modes of "On Error"', onShared: checkErrors },
	{ name: 'retries', title: 'Nodes that n8n tries again ("Retry On Fail")', onShared: checkRetries },
	{ name: 'redirects', title: 'Services that redirect to another host', onShared: checkRedirects },
	{ name: 'sessions', title: 'Sessions that end', onShared: checkSessions },
	{ name: 'editor', title: 'The nodes in the editor, used by hand', needs: ['chromium'], onShared: checkEditor },
	{ name: 'agent', title: 'The nodes as tools of an AI agent', onShared: checkAgent },
	{ name: 'triggers', title: 'Triggers: every change once, after kills and outages too', isLong: true, alone: async (checks, release) => await checkTriggers(checks, release, 'memory') },
	{ name: 'durable-triggers', title: 'The same with n8n\'s durable scheduler', isLong: true, alone: async (checks, release) => await checkTriggers(checks, release, 'durable') },
	{ name: 'soak', title: 'An hour of triggers', isLong: true, alone: checkSoak },
	{ name: 'lazy', title: 'n8n loads the code of a node when it is needed', alone: checkLazyLoading },
	{ name: 'files', title: 'Files of 200 MiB', alone: checkFiles },
	{ name: 'workers', title: 'Queue mode: one main process and two workers', needs: ['redis', 'postgres'], alone: checkWorkers },
	{ name: 'leaks', title: 'No secret gets out', alone: checkLeaks },
];

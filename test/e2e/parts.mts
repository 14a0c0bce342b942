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
import { checkSingles } from './parts/singles.mts';
import { checkSoak } from './parts/soak.mts';
import { checkTours } from './parts/tours.mts';
import { checkTriggers, checkTriggersInQueue } from './parts/triggers.mts';
import { checkWorkers } from './parts/workers.mts';
import { checkWorkflows } from './parts/workflows.mts';
import type { Server } from './server.mts';

/** One part of the proof. */
export type Part = {
	/** As named on the command line: `npm run e2e -- loading`. */
	name: string;
	title: string;
	/** What is known once all of its checks have passed, in a sentence for those who know neither n8n nor this project: docs/proof.md begins with them. */
	proves: string;
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
	{
		name: 'loading',
		title: 'n8n installs and loads the published package',
		proves: 'Installed through n8n’s own page, the package loads whole: every node with its icons, search words and previews, every credential with its documentation.',
		onShared: checkLoading,
	},
	{
		name: 'credentials',
		title: 'Credential tests',
		proves: 'The test of a credential passes with right values; of each wrong one it says in a sentence what to correct, without showing a secret.',
		onShared: checkCredentials,
	},
	{
		name: 'lookups',
		title: 'What the fields of the nodes offer to pick from',
		proves: 'Every list that a field offers holds what the service holds, page by page, and finds what is typed.',
		onShared: checkLookUps,
	},
	{
		name: 'workflows',
		title: 'Example workflows',
		proves: 'Every example workflow runs as it is imported, with the outcome that was written down beforehand.',
		onShared: checkWorkflows,
	},
	{
		name: 'errors',
		title: 'Items that fail, in the three modes of "On Error"',
		proves: 'One item that fails stops no other one: the good ones come out, the bad one says why, in each of n8n’s three ways to go on.',
		onShared: checkErrors,
	},
	{
		name: 'retries',
		title: 'Nodes that n8n tries again ("Retry On Fail")',
		proves: 'When n8n tries a node again, nothing is changed twice.',
		onShared: checkRetries,
	},
	{
		name: 'redirects',
		title: 'Services that redirect to another host',
		proves: 'A service that redirects to another host gets nothing taken there: no key, no token, no password.',
		onShared: checkRedirects,
	},
	{
		name: 'sessions',
		title: 'Sessions that end',
		proves: 'When a session ends in the middle of work, one log-in renews it for all, and no item is lost or done twice.',
		onShared: checkSessions,
	},
	{
		name: 'editor',
		title: 'The nodes in the editor, used by hand',
		proves: 'Each node was found, filled in and run by hand in a browser, and its panel shows nothing raw or missing.',
		needs: ['chromium'],
		onShared: checkEditor,
	},
	{
		name: 'tours',
		title: 'First tasks, by hand from an empty canvas',
		proves: 'A first task with each service is done by mouse and keyboard alone, with values that the panels offer or explain, and comes out right.',
		needs: ['chromium'],
		onShared: checkTours,
	},
	{
		name: 'agent',
		title: 'The nodes as tools of an AI agent',
		proves: 'An AI agent can use every operation as a tool, and reads errors in the words that people read.',
		onShared: checkAgent,
	},
	{
		name: 'triggers',
		title: 'Triggers: every change once, after kills and outages too',
		proves: 'Triggers give out every change once, also when n8n is killed or the service is down.',
		isLong: true,
		alone: async (checks, release) => await checkTriggers(checks, release, 'memory'),
	},
	{
		name: 'durable-triggers',
		title: 'The same with n8n\'s durable scheduler',
		proves: 'The same holds with n8n’s durable scheduler.',
		isLong: true,
		alone: async (checks, release) => await checkTriggers(checks, release, 'durable'),
	},
	{
		name: 'queue-triggers',
		title: 'The same in queue mode, with two workers',
		proves: 'The same holds when workers run what the main process has noticed, and one of either dies.',
		needs: ['redis', 'postgres'],
		isLong: true,
		alone: checkTriggersInQueue,
	},
	{
		name: 'soak',
		title: 'An hour of triggers',
		proves: 'For an hour, while services fail again and again and n8n is killed in the middle, triggers give out every change once.',
		isLong: true,
		alone: checkSoak,
	},
	{
		name: 'singles',
		title: 'From the package for all services to the one for one of them',
		proves: 'A workflow can be moved from the package for all services to the one for its own, and goes on there with the same credential and session.',
		needs: ['chromium'],
		alone: checkSingles,
	},
	{
		name: 'lazy',
		title: 'n8n loads the code of a node when it is needed',
		proves: 'n8n reads the code of a node only when it is used.',
		alone: checkLazyLoading,
	},
	{
		name: 'files',
		title: 'Files of 200 MiB',
		proves: 'Files of 200 MiB go up and down byte for byte, without being held in memory.',
		alone: checkFiles,
	},
	{
		name: 'workers',
		title: 'Queue mode: one main process and two workers',
		proves: 'Several workers share one session, keep changes single, and end in good order.',
		needs: ['redis', 'postgres'],
		alone: checkWorkers,
	},
	{
		name: 'leaks',
		title: 'No secret gets out',
		proves: 'After runs that succeed and runs that fail, no secret lies in n8n’s database, its logs, its files or its answers.',
		alone: checkLeaks,
	},
];

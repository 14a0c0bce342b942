/**
 * The kit's part for triggers, compiled as it is or with one protection taken away, to be run by a model of n8n.
 * Each edit has to fit exactly once: a mutant that no longer changes anything would prove nothing.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { load, projectRoot } from '../../support/n8n.mts';

type Trigger = typeof import('../../../nodes/shared/trigger/poll');

export interface Kit {
	pollTrigger: Trigger['pollTrigger'];
	PollMemory: typeof import('../../../nodes/shared/trigger/memory').PollMemory;
	newest: typeof import('../../../nodes/shared/trigger/watch/newest').newest;
	byTime: typeof import('../../../nodes/shared/trigger/watch/byTime').byTime;
	snapshot: typeof import('../../../nodes/shared/trigger/watch/snapshot').snapshot;
	numbered: typeof import('../../../nodes/shared/trigger/watch/numbered').numbered;
	readWhole: typeof import('../../../nodes/shared/trigger/watch/whole').readWhole;
	byOffset: typeof import('../../../nodes/shared/pages').byOffset;
}

export interface Edit {
	/** Below `nodes/shared/trigger`. */
	file: string;
	from: string;
	to: string;
}

const ENTRY = `
export { pollTrigger } from './trigger/poll';
export { PollMemory } from './trigger/memory';
export { newest } from './trigger/watch/newest';
export { byTime } from './trigger/watch/byTime';
export { snapshot } from './trigger/watch/snapshot';
export { numbered } from './trigger/watch/numbered';
export { readWhole } from './trigger/watch/whole';
export { byOffset } from './pages';
`;

export function compileKit(edits: readonly Edit[] = []): Kit {
	const kits = path.join(projectRoot, 'node_modules', '.cache', 'trigger-kits');
	mkdirSync(kits, { recursive: true });
	// A folder never used before: Node would give back what it has loaded from there.
	const folder = mkdtempSync(path.join(kits, 'kit-'));
	try {
		cpSync(path.join(projectRoot, 'nodes', 'shared'), path.join(folder, 'shared'), { recursive: true });
		for (const edit of edits) apply(folder, edit);
		writeFileSync(path.join(folder, 'shared', 'entry.ts'), ENTRY);
		const esbuild = path.join(projectRoot, 'node_modules', '.bin', 'esbuild');
		const args = ['shared/entry.ts', '--bundle', '--format=cjs', '--platform=node', '--external:n8n-workflow', '--outfile=kit.cjs', '--log-level=error'];
		execFileSync(esbuild, args, { cwd: folder, stdio: 'pipe' });
		return load(path.join(folder, 'kit.cjs')) as Kit;
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

function apply(folder: string, { file, from, to }: Edit): void {
	const place = path.join(folder, 'shared', 'trigger', file);
	const text = readFileSync(place, 'utf8');
	const parts = text.split(from);
	if (parts.length !== 2) throw new Error(`${file} holds this ${parts.length - 1} times, not once: ${from}`);
	writeFileSync(place, parts.join(to));
}

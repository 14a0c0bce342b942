/** Writes a small community package into a temporary folder, to prove the harness and the build tools on something that stays the same. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { projectRoot } from './n8n.mts';

export interface ToyPackage {
	directory: string;
	remove(): void;
}

/** `files` by path inside the package; `n8n` is the block of its package.json. */
export function writeToyPackage(files: Record<string, string>, n8n: { nodes: string[]; credentials: string[] }): ToyPackage {
	const directory = mkdtempSync(path.join(tmpdir(), 'n8n-nodes-toy-'));
	const manifest = { name: 'n8n-nodes-toy', version: '1.0.0', n8n: { n8nNodesApiVersion: 1, ...n8n } };
	for (const [file, content] of Object.entries({ 'package.json': JSON.stringify(manifest), ...files })) {
		const target = path.join(directory, file);
		mkdirSync(path.dirname(target), { recursive: true });
		writeFileSync(target, content);
	}
	symlinkSync(path.join(projectRoot, 'node_modules'), path.join(directory, 'node_modules'));
	return { directory, remove: () => rmSync(directory, { recursive: true, force: true }) };
}

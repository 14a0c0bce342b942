import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isBuilt, note, treeHash } from '../../scripts/build.mjs';

test('the hash of a tree changes with contents and names, not with times', () => {
	const folder = mkdtempSync(path.join(tmpdir(), 'backoffice-tree-'));
	const file = path.join(folder, 'a.ts');
	const hashes = [
		() => writeFileSync(file, 'one'),
		() => writeFileSync(file, 'one'),
		() => writeFileSync(file, 'two'),
		() => renameSync(file, path.join(folder, 'b.ts')),
	].map((change) => {
		change();
		return treeHash(folder, path.join(folder, 'missing'));
	});
	expect(hashes[1]).toBe(hashes[0]);
	expect(new Set(hashes).size).toBe(3);
	rmSync(folder, { recursive: true });
});

test('a package counts as built until a source or what was built from it changes', () => {
	const folder = mkdtempSync(path.join(tmpdir(), 'backoffice-built-'));
	const put = (name: string, text: string) => {
		mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
		writeFileSync(path.join(folder, name), text);
	};
	put('nodes/A/A.node.ts', 'one');
	put('dist/nodes/A/A.node.js', 'one');
	const seen = [isBuilt(folder)];
	for (const change of [() => undefined, () => put('nodes/A/A.node.ts', 'two'), () => put('dist/nodes/A/A.node.js', 'two'), () => rmSync(path.join(folder, 'dist'), { recursive: true })]) {
		note(folder);
		change();
		seen.push(isBuilt(folder));
	}
	expect(seen).toEqual([false, true, false, false, false]);
	rmSync(folder, { recursive: true });
});

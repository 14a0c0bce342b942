import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { demoHome, hostFolder, nodeFor, releaseIn } from '../../demo/n8n.mjs';
import { compatReleases, currentRelease, definitionOf, isBefore, nodeMajorOf, parseRelease, settingsOf } from '../../demo/releases.mjs';

test('a release is a whole version', () => {
	expect(['2.8.4', '1.123.81'].map((text) => parseRelease(text))).toEqual(['2.8.4', '1.123.81']);
	for (const text of ['2.8', 'latest', '', '^2.8.4', 'v2.8.4', '3.0.0', '2.8.4; rm']) expect(() => parseRelease(text)).toThrow('is no version of n8n');
});

test('releases are compared by their numbers', () => {
	expect(isBefore('2.8.4', '2.10.0')).toBe(true);
	expect(isBefore('1.123.81', '2.0.0')).toBe(true);
	expect(isBefore('2.10.0', '2.10.0')).toBe(false);
	expect(isBefore('2.41.1', '2.8.4')).toBe(false);
	expect([...compatReleases].sort((a, b) => (isBefore(a, b) ? -1 : 1))).toEqual(compatReleases);
});

test('each release gets a Node that it runs on', () => {
	expect(['1.88.0', '2.8.4', '2.10.0', '2.35.7', '2.36.0', currentRelease].map((release) => nodeMajorOf(release))).toEqual([20, 20, 22, 22, 24, 24]);
	expect(definitionOf('2.33.7').devDependencies).toEqual({ n8n: '2.33.7', node: '22' });
	const own = Number(process.versions.node.split('.')[0]);
	const hosts = ['2.8.4', '2.33.7'].map((release) => hostFolder(release));
	for (const host of hosts) expect(nodeFor(host) === process.execPath).toBe(own === nodeMajorOf(releaseIn(host)));
});

test('each release has a folder and a home of its own', () => {
	const releases = [currentRelease, '2.8.4', '1.123.81'];
	expect(releases.map((release) => releaseIn(hostFolder(release)))).toEqual(releases);
	expect(new Set(releases.map((release) => hostFolder(release))).size).toBe(3);
	expect(new Set(releases.map((release) => demoHome('/project', release))).size).toBe(3);
	expect(demoHome('/project', currentRelease)).toBe(demoHome('/project'));
});

test('only modules that a release knows are switched off', () => {
	const host = mkdtempSync(path.join(tmpdir(), 'backoffice-host-'));
	const folder = path.join(host, 'node_modules', '@n8n', 'backend-common', 'dist', 'modules');
	expect(settingsOf('2.8.4', host).N8N_DISABLED_MODULES).toBe('');
	mkdirSync(folder, { recursive: true });
	writeFileSync(path.join(folder, 'modules.config.js'), "exports.MODULE_NAMES = [\n    'insights',\n    'chat-hub',\n    'mcp',\n];\n");
	expect(settingsOf('2.8.4', host).N8N_DISABLED_MODULES).toBe('chat-hub');
	rmSync(host, { recursive: true });
});

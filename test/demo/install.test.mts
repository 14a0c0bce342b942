import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { checkNode, contentHash, countInLock, countInstalled, duration, isInstalled, lastLines } from '../../scripts/install.mjs';

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(path.join(tmpdir(), 'backoffice-install-'));
	writeFileSync(path.join(folder, 'package-lock.json'), '{"packages":{}}');
});
afterEach(() => rmSync(folder, { recursive: true }));

const inFolder = (...names: string[]) => path.join(folder, ...names);

test('an old Node is refused with what is needed and what is there', () => {
	for (const version of ['18.20.4', '20.18.3']) expect(() => checkNode(version)).toThrow(`20.19 or newer is needed; this is Node ${version}`);
	for (const version of ['20.19.0', '22.0.0', '26.1.0']) expect(() => checkNode(version)).not.toThrow();
});

describe('isInstalled', () => {
	const lock = () => inFolder('package-lock.json');

	test('nothing there: no', () => expect(isInstalled(folder)).toBe(false));

	test('an install that was interrupted has no stamp: no', () => {
		mkdirSync(inFolder('node_modules', 'left-pad'), { recursive: true });
		expect(isInstalled(folder)).toBe(false);
	});

	test('our stamp counts while the lock file stays the same', () => {
		mkdirSync(inFolder('node_modules'));
		writeFileSync(inFolder('node_modules', '.installed-from-lock'), contentHash(lock()));
		expect(isInstalled(folder)).toBe(true);
		writeFileSync(lock(), '{"packages":{"node_modules/new":{}}}');
		expect(isInstalled(folder)).toBe(false);
	});

	test('an npm ci by hand counts unless the lock file is newer', () => {
		mkdirSync(inFolder('node_modules'));
		writeFileSync(inFolder('node_modules', '.package-lock.json'), '{}');
		utimesSync(lock(), 1000, 1000);
		expect(isInstalled(folder)).toBe(true);
		utimesSync(inFolder('node_modules', '.package-lock.json'), 500, 500);
		expect(isInstalled(folder)).toBe(false);
	});

	test("a linked node_modules is somebody else's and stays untouched", () => {
		mkdirSync(inFolder('elsewhere'));
		symlinkSync(inFolder('elsewhere'), inFolder('node_modules'));
		expect(isInstalled(folder)).toBe(true);
	});
});

test('packages are counted in the lock file for this platform only, and in node_modules with scopes and nesting', () => {
	const packages = {
		'': {},
		'node_modules/a': {},
		'node_modules/@s/b': { os: [process.platform] },
		'node_modules/c': { os: ['plan9'] },
		'node_modules/d': { cpu: [`!${process.arch}`] },
	};
	writeFileSync(inFolder('package-lock.json'), JSON.stringify({ packages }));
	expect(countInLock(inFolder('package-lock.json'))).toBe(2);

	for (const name of ['a', '@s/b', 'a/node_modules/e']) {
		mkdirSync(inFolder('node_modules', name), { recursive: true });
		writeFileSync(inFolder('node_modules', name, 'package.json'), '{}');
	}
	mkdirSync(inFolder('node_modules', '.bin'));
	mkdirSync(inFolder('node_modules', 'not-yet-unpacked'));
	expect(countInstalled(inFolder('node_modules'))).toBe(3);
});

test("npm's warnings and help text are left out of the last lines", () => {
	expect(lastLines('npm warn x\none\n\ntwo\nthree\n', 2)).toBe('  two\n  three');
	const refused = 'npm error Not in sync\nnpm error\nnpm error Clean install a project\nnpm error Usage:\nnpm error npm ci\nnpm error A complete log: x\n';
	expect(lastLines(refused, 9)).toBe('  npm error Not in sync\n  npm error A complete log: x');
});

test('durations read naturally', () => {
	expect([940, 6140, 42_400, 266_700].map(duration)).toEqual(['0.9 s', '6.1 s', '42 s', '4 min 27 s']);
});

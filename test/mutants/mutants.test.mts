import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { equivalents, reasonFor } from './equivalent.mts';
import { mutantsOf, sample } from './mutate.mts';
import { blockAt, blocksOf, withProbes } from './probes.mts';
import { figures, summary } from './report.mts';
import { builtOf, compiled } from './runner.mts';
import { roomOf, Tests } from './tests.mts';

const of = (source: string) => mutantsOf('nodes/shared/a.ts', source);
const changes = (source: string) => of(source).map(({ change }) => change);

describe('mutants', () => {
	test.each([
		['if (a < 1) go();', ['a < 1 → true', 'a < 1 → false', 'a < 1 → !(a < 1)', '< → <=', '< → >=', '1 → 0', '1 → 2', 'go(); → ;']],
		['export const a = b ?? c;', ['b ?? c → (b)', 'b ?? c → (c)']],
		['const a = b || c;', ['b || c → (b)', 'b || c → (c)', '|| → &&']],
		['const a = b ? c : d;', ['b ? c : d → (c)', 'b ? c : d → (d)']],
		['const a = !b;', ['!b → b']],
		['const a = true;', ['true → false']],
		["const a = 'text';", ["'text' → ''"]],
		['const a = `x${b}`;', ["`x${b}` → ''"]],
		["const a = 'b' + c;", ["'b' → ''"]],
		['const a = /^b$/i;', ['/^b$/i → /^b$/', '/^b$/i → /^b/i', '/^b$/i → /b$/i']],
		['const a = await b;', ['await b → (b)']],
		['const a = b.filter(c);', ['b.filter(c) → b']],
		['const a = b.every(c);', ['every → some']],
		['const a = { b, ...c, d: e };', ['b, → (nothing)', '...c, → (nothing)', 'd: e → (nothing)']],
		['function a(b = c) { return b; }', ['= c → (nothing)', '{ return b; } → {}', 'b → undefined']],
		['for (const a of b) { if (a) continue; }', ['a → true', 'a → false', 'a → !(a)', 'continue; → ;']],
	])('%s', (source, expected) => {
		expect(changes(source).sort()).toEqual([...expected].sort());
	});

	test.each(["import { a } from 'b';", "export type A = 'b' | 1;", "interface A { b: 'c' }", "export * from 'a';", "const a = b as 'c';", 'const toString = a.toString();'])('none in %s', (source) => {
		expect(changes(source)).toEqual([]);
	});

	test('know their place, and hold the whole file', () => {
		const [first] = of('const a = 1;\n\tconst b = !c;\n').slice(-1);
		expect(first).toEqual({ file: 'nodes/shared/a.ts', line: 2, place: 24, text: 'const b = !c;', kind: 'negation', change: '!c → c', source: 'const a = 1;\n\tconst b = c;\n' });
	});

	test('of shipped code are code: each can be compiled, and is another file than before', () => {
		const file = 'nodes/shared/wait.ts';
		const source = readFileSync(file, 'utf8');
		const built = compiled(source);
		expect(built).toBe(readFileSync(builtOf(file), 'utf8'));
		const mutants = mutantsOf(file, source);
		expect(mutants.length).toBeGreaterThan(20);
		expect(mutants.filter((mutant) => mutant.source === source)).toEqual([]);
		expect(mutants.filter((mutant) => compiled(mutant.source) === built)).toEqual([]);
	});
});

test('a sample is the same for the same seed, without repeats, and another one for another seed', () => {
	const list = Array.from({ length: 1_000 }, (_, index) => index);
	const first = sample(list, 100, 1);
	expect(sample(list, 100, 1)).toEqual(first);
	expect(sample(list, 100, 2)).not.toEqual(first);
	expect(new Set(first).size).toBe(100);
	expect(sample(list, 50, 1)).toEqual(first.slice(0, 50));
	expect(sample(list, 2_000, 1).sort((a, b) => a - b)).toEqual(list);
});

describe('the tests of a mutant', () => {
	const tests = new Tests();
	const covered = (ms: number, ...blocks: string[]) => ({ ms, blocks: new Set(blocks) });
	const coverage = new Map(tests.all.map((file) => [file, covered(1)]));

	test('of code that runs when its file is loaded are those of its room, the contract and all services, and not of what is not shipped', () => {
		const found = tests.of('nodes/shared/service/retry.ts', undefined, coverage);
		for (const name of ['shared/service/retry', 'vendors/entu/write', 'contract/operations', 'contract/panels']) expect(found).toContain(`test/${name}.test.mts`);
		expect(found.filter((file) => !/^test\/(shared|contract|vendors)\//.test(file))).toEqual([]);
	});

	test('of a block are those that run it: quick before slow, and no more than there is time for', () => {
		const of = (most?: number) => tests.of('nodes/shared/service/retry.ts', 'a', new Map([
			['test/vendors/entu/write.test.mts', covered(5, 'a')],
			['test/shared/service/retry.test.mts', covered(90, 'a', 'b')],
			['test/shared/service/limiter.test.mts', covered(20, 'a')],
			['test/shared/service/client.test.mts', covered(1, 'b')],
		]), most);
		expect(of()).toEqual(['test/vendors/entu/write.test.mts', 'test/shared/service/limiter.test.mts', 'test/shared/service/retry.test.mts']);
		expect(of(30)).toEqual(['test/vendors/entu/write.test.mts', 'test/shared/service/limiter.test.mts']);
		expect(of(1)).toEqual(['test/vendors/entu/write.test.mts']);
		expect(tests.of('nodes/shared/service/retry.ts', 'nowhere', coverage)).toEqual([]);
	});

	test.each([
		['nodes/EnDocsCloud/wire/judge.ts', 'endocs'],
		['credentials/SmartConnectRestApi.credentials.ts', 'smartconnect'],
	])('%s: of one service only', (file, service) => {
		const vendors = tests.of(file, undefined, coverage).filter((test) => test.startsWith('test/vendors/'));
		expect(new Set(vendors.map((test) => test.split('/')[2]))).toEqual(new Set([service]));
	});

	test.each([
		['nodes/shared/pages/page.ts', 'shared/pages'],
		['nodes/shared/wait.ts', 'shared'],
		['nodes/Entu/resources/entity/create.ts', 'Entu/resources'],
		['nodes/Entu/vendor.ts', 'Entu'],
		['credentials/EntuApi.credentials.ts', 'credentials'],
	])('the room of %s is %s', (file, room) => {
		expect(roomOf(file)).toBe(room);
	});
});

describe('probes', () => {
	const source = 'const a = (b) => b + 1;\nfunction c() { if (d) { e(); } return (f) => { g(); }; }';

	test('say which block was entered', () => {
		const probed = new Set<string>();
		const globals = { probed, d: false };
		const { c } = new Function('globalThis', 'd', `${withProbes('x.ts', source)}; return { c };`)(globals, false) as { c: () => unknown };
		c();
		expect([...probed]).toEqual(['x.ts:37']);
	});

	test.each([
		['b + 1', 'x.ts:17'],
		['if', 'x.ts:37'],
		['e()', 'x.ts:46'],
		['g()', 'x.ts:69'],
		['const', undefined],
	])('%s belongs to the block %s', (code, name) => {
		expect(blockAt(blocksOf('x.ts', source), source.indexOf(code))).toBe(name);
	});

	test.each(['nodes/shared/operation/call.ts', 'nodes/Entu/wire/entities.ts', 'credentials/EntuApi.credentials.ts'])('%s with them is code, with one in each block', (file) => {
		const text = readFileSync(file, 'utf8');
		const { diagnostics, outputText } = ts.transpileModule(withProbes(file, text), { reportDiagnostics: true, compilerOptions: { target: ts.ScriptTarget.ES2022 } });
		expect(diagnostics).toEqual([]);
		expect(blocksOf(file, text).length).toBeGreaterThan(5);
		expect(outputText.match(/globalThis\.probed\?\.add/g)).toHaveLength(blocksOf(file, text).length);
	});
});

describe('the report', () => {
	const [mutant, other, third] = of('const a = 1 < 2;') as [ReturnType<typeof of>[number], ReturnType<typeof of>[number], ReturnType<typeof of>[number]];
	const outcomes = [{ mutant, killedBy: 'a test' }, { mutant: other }, { mutant: third, reason: 'changes nothing' }];

	test('counts what was noticed of what can be', () => {
		expect(summary(outcomes)).toBe('noticed 1 of 2 (50.0 %)');
		const text = figures(outcomes, { seed: 1, all: 9, date: '2026-01-01', minutes: 2, command: 'npm run mutants' });
		expect(text).toContain('A random sample of 3 of 9 mutants, seed 1: **noticed 1 of 2 (50.0 %)**');
		expect(text).toContain('| `shared` | 3 | 1 | 1 | 1 |');
		expect(text).toContain(`- \`nodes/shared/a.ts:1\` \`\` ${other.change} \`\``);
	});

	test('knows an equivalent wherever its line stands', () => {
		const list = [{ file: mutant.file, text: mutant.text, change: mutant.change, reason: 'for a reason' }];
		expect(reasonFor(of('\n\nconst a = 1 < 2;')[0] as typeof mutant, list)).toBe('for a reason');
		expect(reasonFor(other, list)).toBeUndefined();
	});
});

test('every equivalent is still a mutant of the code', () => {
	const stale = equivalents.filter(({ file, text, change }) => !mutantsOf(file, readFileSync(file, 'utf8')).some((mutant) => mutant.text === text && mutant.change === change));
	expect(stale).toEqual([]);
});

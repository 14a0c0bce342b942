/**
 * `npm run faults`: every operation of every node against every fault of the proxy.
 *
 * `npm run faults -- --node entu`          one node
 * `npm run faults -- --operation upload`   operations whose name matches
 * `npm run faults -- --fault '3xx'`        faults whose kind and name match
 * `npm run faults -- --every 7`            each seventh case
 * `npm run faults -- --stands 8`           so many at once (4 for two cores)
 * `npm run faults -- --write <file>`       all findings as JSON
 */
import { existsSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { createEngine } from '../support/engine.mts';
import { doors, faults } from './faults.mts';
import { examine, harms, Stand, targetsOf, watchRejections, type Finding } from './judge.mts';

const { values } = parseArgs({
	options: {
		node: { type: 'string', default: '' },
		operation: { type: 'string', default: '' },
		fault: { type: 'string', default: '' },
		every: { type: 'string', default: '1' },
		stands: { type: 'string', default: '4' },
		write: { type: 'string' },
	},
});

if (!existsSync('dist/types/nodes.json')) {
	console.error('The package is not built: run `npm run build` first.');
	process.exit(2);
}

const startedAt = performance.now();
const rejections = watchRejections();
const engine = createEngine();
const stands = await Promise.all(Array.from({ length: Number(values.stands) }, async () => await Stand.open(engine)));
const targets = await targetsOf(engine, stands, ({ node, key }) => matches(node, values.node && `^${values.node}$`) && matches(key, values.operation));
const cases = targets
	.flatMap((target) => [
		...faults.filter(({ kind, name }) => matches(`${kind}: ${name}`, values.fault)).map((fault) => ({ target, fault })),
		...(target.part === 'main' ? Object.keys(doors) : []).filter((name) => matches(`TLS: ${name}`, values.fault)).map((door) => ({ target, door })),
	])
	.filter((_, i) => i % Number(values.every) === 0);

const verdicts = await examine(stands, cases, (done) => {
	if (done % 500 === 0) console.error(`${done} of ${cases.length} after ${seconds()} s`);
});
await Promise.all(stands.map(async (stand) => await stand.close()));
engine.close();

const unhandled = rejections.seen.map((seen): Finding => ({ harm: 'unhandled rejection', subject: 'any', kind: 'any', fault: 'any', seen }));
const findings = [...verdicts.flatMap((verdict) => verdict.findings), ...unhandled];
const missed = verdicts.filter(({ struck }) => !struck).length;
const unstruck = new Set(cases.filter((_, i) => !verdicts[i]?.struck).map(({ target: { subject, part } }) => `${subject.node} ${subject.key} (${part})`));
console.log(`${cases.length} cases: ${targets.length} targets in ${new Set(targets.map(({ subject }) => subject)).size} operations, ${faults.length} faults and ${Object.keys(doors).length} handshakes; ${seconds()} s`);
console.log(`${missed} not struck${missed > 0 ? ` (${[...unstruck].join(', ')})` : ''}, ${findings.length} findings`);
for (const harm of harms) report(harm, findings.filter((finding) => finding.harm === harm));
if (values.write) writeFileSync(values.write, JSON.stringify(findings, undefined, '\t'));
process.exit(findings.length > 0 || missed > 0 ? 1 : 0);

function report(harm: string, found: readonly Finding[]): void {
	if (found.length === 0) return;
	console.log(`\n${harm}: ${found.length}`);
	for (const kind of new Set(found.map((finding) => finding.kind))) {
		const list = found.filter((finding) => finding.kind === kind);
		const names = [...new Set(list.map(({ fault }) => fault))];
		const subjects = [...new Set(list.map(({ subject }) => subject))];
		console.log(`  ${kind}: ${list.length}; ${subjects.length} operations (${subjects.slice(0, 4).join(', ')} …); ${names.length} faults (${names.slice(0, 6).join('; ')} …)`);
		console.log(`    e.g. ${list[0]?.subject}, ${list[0]?.fault}: ${list[0]?.seen.slice(0, 260)}`);
	}
}

function matches(text: string, pattern: string): boolean {
	return new RegExp(pattern, 'i').test(text);
}

function seconds(): number {
	return Math.round((performance.now() - startedAt) / 1000);
}

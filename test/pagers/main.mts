/**
 * `npm run pagers`: the model of pagers over many cases, with a count of what went wrong by style and lie.
 *
 * `npm run pagers -- --cases 30000 --seed 7`
 */
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { cases, flawName, flawOf, read } from './model.mts';

const { values } = parseArgs({ options: { cases: { type: 'string', default: '20000' }, seed: { type: 'string', default: '20261121' } } });
const wanted = Number(values.cases);
const counts = new Map<string, { times: number; example: string }>();
let tried = 0;
for (const [honest, numRuns] of [[true, Math.ceil(wanted / 2)], [false, Math.floor(wanted / 2)]] as const) {
	for (const { service, reader } of fc.sample(cases(honest), { numRuns, seed: Number(values.seed) })) {
		const flaw = flawOf(service, await read(service, reader));
		tried += 1;
		if (flaw === undefined) continue;
		const name = flawName(service, flaw);
		const known = counts.get(name) ?? { times: 0, example: JSON.stringify({ service, reader }) };
		counts.set(name, { ...known, times: known.times + 1 });
	}
}
const flawed = [...counts.values()].reduce((sum, { times }) => sum + times, 0);
console.log(`${tried} cases, ${flawed} flawed`);
for (const [name, { times, example }] of [...counts].sort(([, a], [, b]) => b.times - a.times)) console.log(`${times}\t${name}\n\t${example}`);
process.exit(flawed > 0 ? 1 : 0);

/**
 * A share of `npm run faults`: operations of every node behind a proxy that answers in every wrong way. No wrong success, no effect
 * twice, no waiting without end, and a change that may have been carried out is told of.
 */
import { faults } from '../faultProxy/faults.mts';
import { examine, Stand, targetsOf, watchRejections } from '../faultProxy/judge.mts';
import { useEngine } from '../support/engine.mts';

const engine = useEngine();
const CHOSEN = new Set([
	'accutics entity:create', 'enDocsCloud contractor:upsert', 'enDocsCloud document:getAll', 'ento employee:getAll', 'ento record:update',
	'entu entity:create', 'entu file:download', 'smartConnect run:getAll',
]);
/** Each operation has its own share of the faults, so that all together have most of them. */
const SHARE = 71;

test('a share of the operations, each with a share of the faults', async () => {
	const rejections = watchRejections();
	const stands = await Promise.all(Array.from({ length: 3 }, async () => await Stand.open(engine)));
	try {
		const targets = await targetsOf(engine, stands, ({ node, key }) => CHOSEN.has(`${node} ${key}`));
		expect(targets.length).toBeGreaterThanOrEqual(CHOSEN.size);
		const cases = targets.flatMap((target, t) => faults.filter((_, i) => (i + t * 7) % SHARE === 0).map((fault) => ({ target, fault })));
		const verdicts = await examine(stands, cases);
		expect(verdicts.filter(({ struck }) => !struck)).toEqual([]);
		const findings = verdicts.flatMap((verdict) => verdict.findings);
		const names = findings.map(({ harm, subject, kind, fault }) => `${harm}: ${subject}, ${kind}: ${fault}`);
		expect(names).toEqual([]);
		expect(rejections.seen).toEqual([]);
	} finally {
		rejections.stop();
		await Promise.all(stands.map(async (stand) => await stand.close()));
	}
}, 240_000);

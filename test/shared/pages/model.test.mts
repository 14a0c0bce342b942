/** A share of the cases of `npm run pagers`: honest services lose and double nothing, others are always told of. */
import fc from 'fast-check';
import { cases, flawName, flawOf, read } from '../../pagers/model.mts';

const SEED = 20261121;

test.each([['honest', true], ['not honest', false]])('services that are %s', async (_, honest) => {
	const flaws = new Set<string>();
	const sample = fc.sample(cases(honest), { numRuns: 2000, seed: SEED });
	expect(sample).toHaveLength(2000);
	for (const { service, reader } of sample) {
		const flaw = flawOf(service, await read(service, reader));
		if (flaw !== undefined) flaws.add(flawName(service, flaw));
	}
	expect([...flaws]).toEqual([]);
});

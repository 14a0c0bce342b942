/**
 * n8n's own 'Retry On Fail' on every operation that changes something: what is done is not done again, what certainly was not is
 * tried again, and what may have been is told. `RETRIES=all` tries all cases of all operations; else each has its share.
 */
import { flawsOf, nameOf, retryCases, usualRun, type RetryCase } from '../support/retryOnFail.mts';
import { known } from './known/retries.mts';
import { useLab, type Subject } from './lab.mts';

const lab = useLab(6);
const SHARE = 2;

test('a retry resumes', async () => {
	const usual = new Map(await lab.each(lab.all, async (subject, bench) => [subject, await usualRun(bench, subject)] as const));
	const writes = lab.all.filter((subject) => usual.get(subject));
	expect(writes.length).toBeGreaterThanOrEqual(33);
	const cases = writes.flatMap((subject, i) => casesOf(i).map((one) => ({ subject, one })));
	const found = await lab.each(cases, async ({ subject, one }, bench) => {
		const run = usual.get(subject);
		return { name: caseName(subject, one), flaws: run ? await flawsOf(bench, subject, run, one) : [] };
	});
	const flawed = found.filter(({ flaws }) => flaws.length > 0);
	const names = new Set(found.map(({ name }) => name));
	// A known one that is mended has to leave the list.
	expect(flawed.filter(({ name }) => !known.has(name))).toEqual([]);
	expect([...known].filter((name) => names.has(name) && !flawed.some((one) => one.name === name))).toEqual([]);
}, 600_000);

const caseName = ({ node, key }: Subject, one: RetryCase) => `${node} ${key}: ${nameOf(one)}`;

/** The same ones at every run, so that all cases and all operations have their turn. */
function casesOf(operation: number): RetryCase[] {
	if (process.env.RETRIES === 'all') return [...retryCases];
	return Array.from({ length: SHARE }, (_, i) => retryCases[(operation * 5 + i * 7) % retryCases.length] as RetryCase);
}

/**
 * n8n's own 'Retry On Fail' on every operation that changes something: what is done is not done again, what certainly was not is
 * tried again, and what may have been is told. `RETRIES=all` tries all cases of all operations; else each has its share.
 */
import { flawsOf, nameOf, retryCases, usualRun, type RetryCase } from '../support/retryOnFail.mts';
import { isKnown } from './known/retries.mts';
import { useLab } from './lab.mts';

const lab = useLab(2);
const SHARE = 2;

test('a retry resumes', async () => {
	const usual = new Map(await lab.each(lab.all, async (subject, bench) => [subject, await usualRun(bench, subject)] as const));
	const writes = lab.all.filter((subject) => usual.get(subject));
	expect(writes.length).toBeGreaterThanOrEqual(33);
	const cases = writes.flatMap((subject, i) => casesOf(i).map((one) => ({ subject, one })));
	const found = await lab.each(cases, async ({ subject, one }, bench) => {
		const run = usual.get(subject);
		const operation = `${subject.node} ${subject.key}`;
		return { operation, name: nameOf(one), flaws: run ? await flawsOf(bench, subject, run, one) : [] };
	});
	expect(found.filter(({ operation, name, flaws }) => flaws.length > 0 && !isKnown(operation, name))).toEqual([]);
	// A known one that is mended has to leave the list.
	expect(found.filter(({ operation, name, flaws }) => flaws.length === 0 && isKnown(operation, name))).toEqual([]);
}, 600_000);

/** The same ones at every run, so that all cases and all operations have their turn. */
function casesOf(operation: number): RetryCase[] {
	if (process.env.RETRIES === 'all') return [...retryCases];
	return Array.from({ length: SHARE }, (_, i) => retryCases[(operation * 5 + i * 7) % retryCases.length] as RetryCase);
}

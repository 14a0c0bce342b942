/**
 * n8n's own 'Retry On Fail' on every operation that changes something: what is done is not done again, what certainly was not is
 * tried again, and what may have been is told. `RETRIES=all` tries all cases of all operations; else each has its share.
 */
import { casesOf, flawsOf, nameOf, retryCases, usualRun, type Retried } from '../support/retryOnFail.mts';
import { useLab, type Bench, type Subject } from './lab.mts';

const lab = useLab(2);
const retried = (bench: Bench, subject: Subject): Retried => ({
	control: bench.control,
	service: subject.samples.service,
	fresh: async () => await bench.fresh(subject),
	run: async (trial) => await bench.run(subject, trial),
});

test('a retry resumes', async () => {
	const usual = new Map(await lab.each(lab.all, async (subject, bench) => [subject, await usualRun(retried(bench, subject))] as const));
	const writes = lab.all.filter((subject) => usual.get(subject));
	expect(writes.length).toBeGreaterThanOrEqual(33);
	const cases = writes.flatMap((subject, i) => (process.env.RETRIES === 'all' ? retryCases : casesOf(i)).map((one) => ({ subject, one })));
	const found = await lab.each(cases, async ({ subject, one }, bench) => {
		const run = usual.get(subject);
		const operation = `${subject.node} ${subject.key}`;
		return { operation, name: nameOf(one), flaws: run ? await flawsOf(retried(bench, subject), run, one) : [] };
	});
	expect(found.filter(({ flaws }) => flaws.length > 0)).toEqual([]);
}, 600_000);

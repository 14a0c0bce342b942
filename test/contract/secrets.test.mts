/** What is shown of every operation when the service repeats what it was sent, with all secrets in it: nothing of a secret. */
import type { OnError } from 'n8n-workflow';
import type { Fault } from '../../sandbox/client.mts';
import { visibleText } from '../support/engine.mts';
import { Search, sentSecrets, type Hit } from '../support/secrets.mts';
import { useLab, type Bench, type Subject } from './lab.mts';

const lab = useLab(6);
const faults: Record<string, { fault: Fault; onError: OnError }> = {
	'a refusal': { fault: { type: 'echo', status: 422 }, onError: 'continueErrorOutput' },
	'a long refusal': { fault: { type: 'echo', status: 400, copies: 20 }, onError: 'stopWorkflow' },
	'an answer that looks like a success': { fault: { type: 'echo', status: 200 }, onError: 'stopWorkflow' },
};
const subjects = lab.all.filter(({ samples: { revealing = [] }, key }) => !revealing.includes(key));

/** The request for a public key holds no secret; struck, it would keep the one with the password from being sent. */
const NOT_PUBLIC_KEY = '^(?!/login/)';

const cases = subjects.flatMap((subject) => Object.keys(faults).map((name): [string, string, Subject] => [`${subject.node} ${subject.key}`, name, subject]));

test.concurrent.each(cases)('%s shows no secret that is in %s', async (_, name, subject) => {
	expect(await lab.use(async (bench) => await examine(subject, name, bench))).toEqual({ struck: true, shown: [] });
});

async function examine(subject: Subject, name: string, bench: Bench): Promise<{ struck: boolean; shown: Hit[] }> {
	const { service, secrets } = subject.samples;
	const { fault, onError } = faults[name] ?? {};
	if (!fault) throw new Error(`Unknown fault: ${name}`);
	const items = [subject.sample.items?.[0] ?? {}];
	await bench.fresh(subject);
	await bench.run(subject, { items });
	await bench.control.fault({ service, times: -1, path: NOT_PUBLIC_KEY, fault });
	const run = await bench.run(subject, { items, onError });
	const struck = (await bench.control.faults()).some(({ fired }) => fired > 0);
	const sent = [...new Set([...secrets.filter((secret) => secret.length >= 12), ...sentSecrets(await bench.journal(subject))])];
	const search = new Search(sent.map((value, n) => ({ name: `secret ${n + 1}`, value })));
	return { struck, shown: search.in(Buffer.from(visibleText(run))) };
}

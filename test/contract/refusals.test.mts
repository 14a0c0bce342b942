/** What becomes of every operation when the service says no under a status of success: a failure, unless the user says that such answers are data. */
import type { INodePropertyCollection } from 'n8n-workflow';
import type { NodeRun } from '../support/engine.mts';
import { leaks, useLab, type Bench, type Subject } from './lab.mts';

const lab = useLab(4);
const WORDS = 'Not today';
const bodies = { 'no success': { success: false, message: WORDS }, 'a status': { status: 'error', message: WORDS }, errors: { errors: [{ message: WORDS }] } };

/** The nodes that offer the option 'Status Decides', in all of their operations. */
const subjects = lab.all.filter(({ node, resource, operation }) =>
	lab.engine.nodeType(node).description.properties.some(
		({ name, options = [], displayOptions }) =>
			name === 'options' &&
			displayOptions?.show?.resource?.includes(resource) &&
			displayOptions.show.operation?.includes(operation) &&
			(options as INodePropertyCollection[]).some((option) => option.name === 'statusDecides'),
	),
);

interface Finding {
	readonly refused: NodeRun;
	readonly taken: NodeRun;
	readonly struck: boolean;
}
const findings = new Map<string, Finding>();

beforeAll(async () => {
	await lab.each(subjects, examine);
}, 240_000);

test('the three nodes whose services are not known to say all in the status offer it', () => {
	expect([...new Set(subjects.map(({ node }) => node))].sort()).toEqual(['accutics', 'enDocsCloud', 'ento']);
	expect(subjects).toHaveLength(lab.all.filter(({ node }) => ['accutics', 'enDocsCloud', 'ento'].includes(node)).length);
});

test.each(subjects.flatMap(({ node, key }) => Object.keys(bodies).map((name) => [`${node} ${key}`, name])))('%s heeds %s', (subject, name) => {
	const { refused, taken, struck } = findings.get(`${subject} ${name}`) as Finding;
	expect(struck).toBe(true);
	expect(refused.status).toBe('error');
	expect(`${refused.error?.message}`).toContain(WORDS);
	expect(`${refused.error?.description}`).toContain('Status Decides');
	// What becomes of it then is the matter of the operation; it is no refusal.
	expect(`${taken.error?.message}`).not.toContain(`answered: ${WORDS}`);
});

test('Entu, whose data never look like that, heeds them always', async () => {
	// A token comes with the log-in; what tries it out after that gives nothing.
	const own = lab.all.filter(({ node, key }) => node === 'entu' && key !== 'token:get');
	const found = await lab.each(own, async (subject, bench) => {
		await bench.fresh(subject);
		await bench.control.fault({ service: 'entu', path: '^(?!.*/auth)', times: -1, fault: { type: 'status', status: 200, body: bodies['no success'] } });
		const { error } = await bench.run(subject, { items: [subject.sample.items?.[0] ?? {}] });
		const [fault] = await bench.control.faults();
		await bench.control.clearFaults();
		return { name: subject.key, isTried: (fault?.fired ?? 0) > 0, isTold: `${error?.message}`.includes(WORDS) };
	});
	expect(found.filter(({ isTried, isTold }) => isTried && !isTold)).toEqual([]);
	expect(found.filter(({ isTried }) => isTried).length).toBeGreaterThan(20);
}, 120_000);

async function examine(subject: Subject, bench: Bench): Promise<void> {
	const { service } = subject.samples;
	const items = [subject.sample.items?.[0] ?? {}];
	for (const [name, body] of Object.entries(bodies)) {
		await bench.fresh(subject);
		await bench.control.fault({ service, times: -1, fault: { type: 'status', status: 200, body } });
		const refused = await bench.run(subject, { items });
		const taken = await bench.run(subject, { items, parameters: { options: { statusDecides: true } } });
		const struck = (await bench.control.faults()).some(({ fired }) => fired > 1);
		await bench.control.clearFaults();
		expect(leaks(subject, refused)).toEqual([]);
		findings.set(`${subject.node} ${subject.key} ${name}`, { refused, taken, struck });
	}
}

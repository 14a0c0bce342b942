/** 'Preview Only', of every operation that changes something: nothing of it arrives, and what is shown is what is sent without the option. */
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { Entry } from '../../sandbox/client.mts';
import { formFields } from '../../sandbox/journal.mts';
import { visibleText } from '../support/engine.mts';
import { Search, sentSecrets } from '../support/secrets.mts';
import { pairs, useLab, type Bench, type Subject } from './lab.mts';

const lab = useLab(6);
const PREVIEW = { options: { previewOnly: true } };

interface Shown {
	readonly method: string;
	readonly url: string;
	readonly headers: IDataObject;
	readonly body: unknown;
}

/** One request, in the form in which two can be compared. */
interface Compared {
	readonly method: string;
	readonly path: string;
	readonly query: Record<string, unknown>;
	readonly type: unknown;
	readonly body: unknown;
}

const named = (list: readonly Subject[]): Array<[string, Subject]> => list.map((subject) => [`${subject.node} ${subject.key}`, subject]);
const onFurtherData = lab.further.map((subject): [string, Subject] => [`${subject.node} ${subject.key} on further data`, subject]);
const everything = [...named(lab.all), ...onFurtherData];
const previewable = everything.filter(([, subject]) => hasPreview(subject));

test('there are operations that change something', () => {
	expect(new Set(previewable.map(([, { node }]) => node)).size).toBe(5);
	expect(previewable.length).toBeGreaterThan(15);
});

test.concurrent.each(everything.filter(([, subject]) => !hasPreview(subject)))('%s has no preview, because it changes nothing', async (_, subject) => {
	await lab.use(async (bench) => {
		await bench.fresh(subject);
		await bench.run(subject);
		expect(effectsIn(await bench.journal(subject))).toEqual([]);
	});
});

test.concurrent.each(previewable)('%s shows what it would send, and sends nothing', async (_, subject) => {
	await lab.use(async (bench) => {
		for (const item of subject.sample.items ?? [{}]) await compare(bench, subject, item);
	});
});

test.concurrent.each(previewable)('%s gives one preview for each item, without a secret', async (_, subject) => {
	await lab.use(async (bench) => {
		await bench.fresh(subject);
		const run = await bench.run(subject, { parameters: PREVIEW });
		expect(run.error).toBeUndefined();
		expect(pairs(run.outputs[0])).toEqual([0, 1, 2]);
		expect(run.hints.map(({ message }) => message)).toContain('Preview Only is on: nothing was changed, and the items show what would be sent');
		const sent = [...subject.samples.secrets.filter((secret) => secret.length >= 12), ...sentSecrets(await bench.journal(subject))];
		const search = new Search([...new Set(sent)].map((value, n) => ({ name: `secret ${n + 1}`, value })));
		expect(search.in(Buffer.from(visibleText(run)))).toEqual([]);
	});
});

test.concurrent.each(previewable.filter(([, { sample }]) => !sample.file))('%s previews as the tool of an agent', async (_, subject) => {
	await lab.use(async (bench) => {
		await bench.fresh(subject);
		const options = { previewOnly: "={{ $fromAI('preview', 'Whether to look at it first', 'boolean') }}" };
		const { answer, status } = await bench.runAsTool(subject, { ...subject.sample.items?.[0], preview: true }, { parameters: { options } });
		expect(status).toBe('success');
		expect(answer).toEqual([{ previewOnly: true, summary: expect.stringMatching(/^Nothing was sent\. \S/), requests: expect.any(Array) }]);
		expect(effectsIn(await bench.journal(subject))).toEqual([]);
	});
});

describe('Preview Only', () => {
	const only = (node: string, key: string): Subject => lab.all.find((subject) => subject.node === node && subject.key === key) ?? lab.all[0]!;
	const byItem = { options: { previewOnly: '={{ $json.preview }}' } };

	test('holds for each item by itself', async () => {
		await lab.use(async (bench) => {
			const subject = only('entu', 'entity:create');
			await bench.fresh(subject);
			const items = [true, 'no', 'yes'].map((preview, n) => ({ name: `Book ${n}`, pages: n, preview }));
			const run = await bench.run(subject, { items, parameters: byItem });
			expect(run.error).toBeUndefined();
			expect((run.outputs[0] ?? []).map(({ json }) => json.previewOnly)).toEqual([true, undefined, true]);
			expect(effectsIn(await bench.journal(subject))).toHaveLength(1);
		});
	});

	test('is not counted as carried out', async () => {
		await lab.use(async (bench) => {
			const subject = only('entu', 'entity:update');
			await bench.fresh(subject);
			const items = [true, false, false].map((preview, n) => ({ ...(n === 2 ? subject.sample.bad : subject.sample.items?.[n]), preview }));
			const { error } = await bench.run(subject, { items, parameters: byItem });
			expect(error?.description).toContain('Of 3 items, 1 were carried out, 1 failed, 1 were previewed and 0 were not begun');
		});
	});

	test.each(['maybe', null, ''])('refuses %j, and sends nothing', async (preview) => {
		await lab.use(async (bench) => {
			const subject = only('entu', 'entity:create');
			await bench.fresh(subject);
			const run = await bench.run(subject, { items: [{ name: 'A book', pages: 1, preview }], parameters: byItem });
			expect(run.error?.message).toContain("'Preview Only'");
			expect(effectsIn(await bench.journal(subject))).toEqual([]);
		});
	});

	test('shows an item that does not work as what it is', async () => {
		await lab.use(async (bench) => {
			const subject = only('entu', 'entity:create');
			await bench.fresh(subject);
			const { error } = await bench.run(subject, { items: [subject.sample.bad ?? {}], parameters: PREVIEW });
			expect(error?.message).toMatch(/pages.*number/i);
		});
	});

	test('lists all the requests of an item that are known beforehand', async () => {
		await lab.use(async (bench) => {
			const subject = only('entu', 'entity:update');
			await bench.fresh(subject);
			const parameters = { ...PREVIEW, propertiesJson: '{ "tags": ["only"], "pages": 7 }' };
			const run = await bench.run(subject, { items: [subject.sample.items?.[0] ?? {}], parameters });
			const { requests, summary } = run.outputs[0]?.[0]?.json as { requests: Shown[]; summary: string };
			expect(requests.map(({ method }) => method)).toEqual(['POST', 'DELETE']);
			expect(summary).toBe('Nothing was sent. Without Preview Only, these 2 requests are sent');
		});
	});

	test('says when there is nothing to change', async () => {
		await lab.use(async (bench) => {
			const subject = only('entu', 'entity:update');
			await bench.fresh(subject);
			await bench.run(subject, { items: [subject.sample.items?.[0] ?? {}] });
			const run = await bench.run(subject, { items: [subject.sample.items?.[0] ?? {}], parameters: PREVIEW });
			expect(run.outputs[0]?.[0]?.json).toEqual({ previewOnly: true, summary: 'Nothing was sent. Without Preview Only, nothing is sent either: there is nothing to change', requests: [] });
		});
	});

	test('shows one run for the items that it has in common', async () => {
		await lab.use(async (bench) => {
			const subject = only('smartConnect', 'integration:runWithData');
			await bench.fresh(subject);
			const run = await bench.run(subject, { parameters: { ...PREVIEW, runFor: 'all' } });
			const [item, ...more] = run.outputs[0] ?? [];
			expect(more).toEqual([]);
			expect(item?.pairedItem).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
			expect(String((item?.json.requests as unknown as Shown[])[0]?.body)).toContain('<Table><No>3</No><Name>Three</Name></Table>');
			expect(effectsIn(await bench.journal(subject))).toEqual([]);
		});
	});

	test('shows of a file in a text what it is, and not its bytes', async () => {
		await lab.use(async (bench) => {
			const subject = only('enDocsCloud', 'request:write');
			await bench.fresh(subject);
			const file = { name: 'scan.pdf', type: 'application/pdf', content: 'some bytes' };
			const parameters = { ...PREVIEW, files: { file: [{ binaryPropertyName: 'data', contentPath: 'Attachment.Content', namePath: 'Attachment.Name' }] } };
			const run = await bench.run({ ...subject, sample: { ...subject.sample, file } }, { items: [subject.sample.items?.[0] ?? {}], parameters });
			expect((run.outputs[0]?.[0]?.json.requests as unknown as Shown[])[0]?.body).toMatchObject({
				Attachment: { Name: 'scan.pdf', Content: '<base64 of "scan.pdf", 10 bytes, application/pdf>' },
			});
		});
	});

	test('holds back what the user has put together by hand, even with GET', async () => {
		await lab.use(async (bench) => {
			for (const subject of [only('ento', 'request:send'), only('accutics', 'request:send')]) {
				await bench.fresh(subject);
				const run = await bench.run(subject, { items: [subject.sample.items?.[1] ?? {}], parameters: { ...PREVIEW, method: 'GET' } });
				expect(run.outputs[0]?.[0]?.json.requests).toMatchObject([{ method: 'GET' }]);
				expect(await bench.journal(subject)).toEqual([]);
			}
		});
	});
});

/** What one item would send, beside what it does send. */
async function compare(bench: Bench, subject: Subject, item: IDataObject): Promise<void> {
	await bench.fresh(subject);
	const preview = await bench.run(subject, { items: [item], parameters: PREVIEW });
	expect(preview.error).toBeUndefined();
	const received = await bench.journal(subject);
	const { requests, summary } = preview.outputs[0]?.[0]?.json as { requests: Shown[]; summary: string };

	await bench.fresh(subject);
	const run = await bench.run(subject, { items: [item] });
	expect(run.error).toBeUndefined();
	const sent = await bench.journal(subject);
	const secrets = sentSecrets(sent);

	const shown = requests.map((request) => fromPreview(request, subject.samples.service));
	const writes = sent.map((entry) => fromJournal(entry, secrets));
	for (const request of shown) expect(writes).toContainEqual(request);
	// Nothing of it has arrived, and nothing else that has an effect.
	expect(effectsIn(received)).toEqual([]);
	for (const request of received.map((entry) => fromJournal(entry, secrets))) expect(shown).not.toContainEqual(request);
	// What it doesn't show has no effect, unless it says that there is more.
	const unforeseen = sent.filter((entry) => effectsIn([entry]).length > 0).map((entry) => fromJournal(entry, secrets)).filter((entry) => !shown.some((request) => isSame(request, entry)));
	if (!summary.includes('What follows depends on the answer: ')) expect(unforeseen).toEqual([]);
	if (requests.length === 0) expect(effectsIn(sent)).toEqual([]);
}

function hasPreview({ node, resource, operation }: Subject): boolean {
	const { properties } = lab.engine.nodeType(node).description;
	const options = properties.filter(({ name, displayOptions }) => name === 'options' && displayOptions?.show?.resource?.includes(resource) && displayOptions.show.operation?.includes(operation));
	return options.some(({ options: list = [] }) => (list as INodeProperties[]).some(({ name }) => name === 'previewOnly'));
}

function effectsIn(entries: readonly Entry[]): unknown[] {
	return entries.flatMap(({ effects }) => effects.filter(({ kind }) => kind !== 'login'));
}

function fromPreview({ method, url, headers, body }: Shown, service: string): Compared {
	const { pathname, searchParams } = new URL(url);
	const type = headers['Content-Type'];
	const isForm = String(type).includes('form-urlencoded');
	return { method, path: pathname.replace(`/${service}`, ''), query: formFields(searchParams.toString()), type, body: isForm ? formFields(String(body)) : (body ?? undefined) };
}

function fromJournal({ method, path, query, headers, body }: Entry, secrets: readonly string[]): Compared {
	const shown = Object.entries(query).filter(([, value]) => !secrets.includes(String(value)));
	return { method, path, query: Object.fromEntries(shown), type: headers['content-type'], body };
}

function isSame(a: Compared, b: Compared): boolean {
	return JSON.stringify(a) === JSON.stringify(b);
}

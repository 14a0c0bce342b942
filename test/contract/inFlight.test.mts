/** How many requests are under way at once without the option 'Parallel Requests': what docs/speed.md says of each operation, and what comes of it. */
import { readFileSync } from 'node:fs';
import type { INodeParameters, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { Entry } from '../../sandbox/client.mts';
import { known } from '../../sandbox/entu/seed.mts';
import { useLab, type Subject } from './lab.mts';

const lab = useLab(1);

/** The rows of the table: `Entu, *Entity*: Update, Delete`, or `Entu, reads; Ento, reads`. */
const table = [...readFileSync('docs/speed.md', 'utf8').matchAll(/^\| (.+?) \| (\d+) \| \S.* \|$/gm)].flatMap(([, names = '', count]) =>
	names.split('; ').flatMap((name) => {
		const [, node, resource, operations = ''] = /^([^,]+), (?:\*(.+)\*: )?(.+)$/.exec(name) ?? [];
		return operations.split(', ').map((operation) => ({ name: [node, resource, operation].filter(Boolean).join(' > '), count: Number(count) }));
	}),
);
const said = new Map(table.map(({ name, count }) => [name, count]));

/** The node as people see it, the words for the operation, what stands in the option at first, and whether it changes anything. */
function shownOf({ node, resource, operation }: Subject) {
	const { displayName, properties } = lab.engine.nodeType(node).description;
	const isShown = ({ displayOptions }: INodeProperties) =>
		[['resource', resource], ['operation', operation]].every(([name = '', value = '']) => (displayOptions?.show?.[name] ?? [value]).includes(value));
	const chosen = (name: string, value: string) =>
		properties.filter((property) => property.name === name && isShown(property)).flatMap(({ options = [] }) => options as INodePropertyOptions[]).find((option) => option.value === value)?.name;
	const options = properties.filter((property) => property.name === 'options' && isShown(property)).flatMap(({ options: all = [] }) => all as INodeProperties[]);
	return {
		node: displayName,
		name: [displayName, chosen('resource', resource), chosen('operation', operation)].join(' > '),
		atFirst: options.find(({ name }) => name === 'parallelRequests')?.default,
		changes: options.some(({ name }) => name === 'previewOnly'),
	};
}

const shown = lab.all.map((subject) => ({ subject, ...shownOf(subject) }));
const changes = shown.filter((one) => one.changes);
const numberOf = ({ name, node, changes: isChange }: (typeof shown)[number]) => said.get(isChange ? name : `${node} > reads`);

test('the table in docs/speed.md has a line for each operation, and no other', () => {
	expect(shown.filter((one) => numberOf(one) === undefined).map(({ name }) => name)).toEqual([]);
	const meant = new Set(shown.map((one) => (one.changes ? one.name : `${one.node} > reads`)));
	expect(table.map(({ name }) => name).filter((name) => !meant.has(name))).toEqual([]);
	expect(said.size).toBe(table.length);
	expect(changes.length).toBeGreaterThanOrEqual(33);
});

test('the option begins with what the table says', () => {
	expect(shown.map(({ name, atFirst }) => [name, atFirst])).toEqual(shown.map((one) => [one.name, numberOf(one)]));
});

test.each([['Parallel Requests', 'parallelRequests', '={{ "many" }}'], ['Timeout', 'timeout', '={{ "soon" }}'], ['Timeout', 'timeout', -1]])('%s is refused by every operation where %s is %j', async (label, name, value) => {
	const { bench } = lab;
	const accepting: string[] = [];
	for (const subject of lab.all) {
		await bench.fresh(subject);
		const { error } = await bench.run(subject, { parameters: { options: { [name]: value } } });
		if (!error?.message.startsWith(`'${label}' is`) || (await bench.summary(subject)).requests > 0) accepting.push(`${subject.node} ${subject.key}: ${error?.message ?? 'nothing'}`);
	}
	expect(accepting).toEqual([]);
}, 60_000);

describe('no more are under way than the table says', () => {
	test.each(changes.map((one): [string, (typeof changes)[number]] => [one.name, one]))('%s', async (name, one) => {
		const { bench } = lab;
		for (const version of [1.1, 1]) {
			await bench.fresh(one.subject);
			await bench.control.settings(one.subject.samples.service, { latencyMs: 25 });
			await bench.run(one.subject, { version });
			const most = version === 1 && !name.endsWith('> Recalculate') ? 1 : numberOf(one);
			const { maxInFlight } = await bench.summary(one.subject);
			expect(maxInFlight).toBeGreaterThan(0);
			expect(maxInFlight).toBeLessThanOrEqual(most ?? 0);
		}
	}, 60_000);
});

describe('items with the same target wait for one another', () => {
	const several = changes.filter((one) => Number(numberOf(one)) > 1 && !one.name.endsWith('> Recalculate'));
	test.each(several.map((one): [string, (typeof changes)[number]] => [one.name, one]))('%s', async (_, { subject }) => {
		const { bench } = lab;
		await bench.fresh(subject);
		await bench.control.settings(subject.samples.service, { latencyMs: 25 });
		const [item = {}] = subject.sample.items ?? [];
		await bench.run(subject, { items: [item, item, item], onError: 'continueRegularOutput' });
		const writes = (await bench.journal(subject)).filter(({ method }) => method !== 'GET');
		// Of the same update, the second finds nothing left to do.
		expect(writes.length).toBeGreaterThan(0);
		expectInTurn(writes);
	}, 60_000);
});

/** Each request came once the one before it was answered; by whole ms. */
function expectInTurn(requests: readonly Entry[]): void {
	for (const [n, { at }] of requests.slice(1).entries()) expect(at).toBeGreaterThanOrEqual((requests[n]?.at ?? NaN) + (requests[n]?.ms ?? NaN) - 1);
}

describe('several changes at once', () => {
	const find = (key: string): Subject => {
		const found = lab.all.find((subject) => subject.node === 'entu' && subject.key === key);
		if (!found) throw new Error(`There is no sample of ${key}`);
		return found;
	};
	const update = find('entity:update');
	const byJson = (json: string): INodeParameters => ({ typeId: { __rl: true, mode: 'id', value: known.typeBook }, propertiesMode: 'json', propertiesJson: json });
	const pages = byJson('={{ JSON.stringify({ pages: $json.pages }) }}');
	/** So many books of the sandbox. */
	const books = async (count: number): Promise<string[]> => {
		const { outputs } = await lab.bench.run(find('entity:getAll'), { items: [{}], parameters: { typeId: { __rl: true, mode: 'id', value: known.typeBook }, output: 'raw', returnAll: false, limit: count } });
		return (outputs[0] ?? []).map(({ json }) => String(json._id));
	};
	/** The entities that were written to, in that order. */
	const written = async () =>
		(await lab.bench.journal(update)).filter(({ method, status, path }) => method === 'POST' && status === 200 && path.includes('/entity/')).map(({ path }) => path.split('/').at(-1) ?? '');
	const slowly = async (latencyMs: number) => {
		await lab.bench.control.clearJournal();
		await lab.bench.control.settings('entu', { latencyMs });
	};
	/** The items that a message names: `Of 9 items, 3 were carried out (items 0, 2 to 3), …`. */
	const named = (message = '') =>
		(/were carried out \(items ([^)]*)\)/.exec(message)?.[1] ?? '').split(', ').flatMap((range) => {
			const [first = NaN, last = first] = range.split(' to ').map(Number);
			return Array.from({ length: last - first + 1 }, (_, n) => first + n);
		});

	beforeEach(async () => void (await lab.bench.fresh(update)));

	test('run for different entities, and each gets its own', async () => {
		const ids = await books(12);
		await slowly(400);
		const run = await lab.bench.run(update, { items: ids.map((id, n) => ({ id, pages: n + 1 })), parameters: pages });
		expect(run.error).toBeUndefined();
		expect((run.outputs[0] ?? []).map(({ json }) => [json._id, json.pages])).toEqual(ids.map((id, n) => [id, n + 1]));
		expect((await written()).sort()).toEqual([...ids].sort());
		expect((await lab.bench.summary(update)).maxInFlight).toBe(5);
	});

	test('wait for one another where they concern the same entity, in the order of the items', async () => {
		const [first = '', second = ''] = await books(2);
		await slowly(30);
		const items = Array.from({ length: 8 }, (_, n) => ({ id: n % 2 ? second : first, pages: n + 1 }));
		const run = await lab.bench.run(update, { items, parameters: pages });
		expect(run.error).toBeUndefined();
		const sent = (await lab.bench.journal(update)).filter(({ method, path }) => method === 'POST' && path.includes('/entity/'));
		const numbers = (id: string) => sent.filter(({ path }) => path.endsWith(id)).map(({ body }) => (body as Array<{ number: number }>)[0]?.number);
		expect([numbers(first), numbers(second)]).toEqual([[1, 3, 5, 7], [2, 4, 6, 8]]);
	});

	test('begin nothing further after a failure, finish what is under way, and tell which items are done', async () => {
		const ids = await books(20);
		await slowly(200);
		const items = ids.map((id, n) => ({ id: n === 3 ? '65affffffffffffffffffff0' : id, pages: n + 1 }));
		const run = await lab.bench.run(update, { items, parameters: pages });
		expect(run.error?.message).toContain('[item 3]');
		const done = (await written()).map((id) => ids.indexOf(id)).sort((a, b) => a - b);
		expect(done.slice(0, 3)).toEqual([0, 1, 2]);
		expect(done.length).toBeLessThan(12);
		expect(run.error?.description).toContain(`Of 20 items, ${done.length} were carried out`);
		const after = done.filter((item) => item > 3);
		expect(named(run.error?.description ?? '')).toEqual(after.length > 0 ? done : [NaN]);
	});

	test('do not begin what waited for the item that has failed', async () => {
		const [id = ''] = await books(1);
		await slowly(30);
		await lab.bench.control.fault({ service: 'entu', method: 'POST', path: `/entity/${id}$`, fault: { type: 'status', status: 400 } });
		const run = await lab.bench.run(update, { items: [1, 2, 3, 4].map((n) => ({ id, pages: n })), parameters: pages });
		expect(run.error?.message).toContain('[item 0]');
		expect(run.error?.description).toContain('Of 4 items, 0 were carried out, 1 failed and 3 were not begun');
		expect(await written()).toEqual([]);
	});

	test('go on with what waits where failures do not stop the workflow', async () => {
		const [id = ''] = await books(1);
		await lab.bench.control.fault({ service: 'entu', method: 'POST', path: `/entity/${id}$`, fault: { type: 'status', status: 400 } });
		const run = await lab.bench.run(update, { items: [1, 2, 3].map((n) => ({ id, pages: n })), parameters: pages, onError: 'continueErrorOutput' });
		expect([run.outputs[0]?.length, run.outputs[1]?.length]).toEqual([2, 1]);
		expect(await written()).toEqual([id, id]);
	});

	test('that write to a counter come one after another, whatever the option says', async () => {
		const create = find('entity:create');
		await slowly(50);
		const parameters = { ...byJson('={{ JSON.stringify({ name: $json.name, code: true }) }}'), options: { parallelRequests: 10 } };
		const run = await lab.bench.run(create, { items: Array.from({ length: 6 }, (_, n) => ({ name: `Counted ${n}` })), parameters });
		const numbers = (run.outputs[0] ?? []).map(({ json }) => Number(/\d+$/.exec(String(json.code))?.[0]));
		expect(numbers).toEqual(numbers.map((_, n) => (numbers[0] ?? NaN) + n));
		const posts = (await lab.bench.journal(create)).filter(({ method, path }) => method === 'POST' && path.endsWith('/entity'));
		expect(posts).toHaveLength(6);
		expectInTurn(posts);
	});

	test('are all shown by a preview', async () => {
		const [id = ''] = await books(1);
		const run = await lab.bench.run(update, { items: [1, 2, 3].map((n) => ({ id, pages: n })), parameters: { ...pages, options: { previewOnly: true } } });
		expect(run.error).toBeUndefined();
		expect(run.outputs[0]).toHaveLength(3);
	});
});

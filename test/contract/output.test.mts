/** The choice 'Output' of every read, and what saved workflows have in its place. */
import type { IDataObject, INodeExecutionData, INodeParameters, INodePropertyOptions } from 'n8n-workflow';
import { entered, useLab, type Bench, type Subject } from './lab.mts';

const lab = useLab(6);

const named = (list: readonly Subject[]): Array<[string, Subject]> => list.map((subject) => [`${subject.node} ${subject.key}`, subject]);
const outputs = (subject: Subject) => choicesOf(subject, 'output').map(({ value }) => String(value));
const selectable = lab.all.filter((subject) => outputs(subject).includes('selectedFields'));
const simplifying = lab.all.filter((subject) => outputs(subject).includes('simplified'));

test('all nodes have reads with fields to choose, and those without are known', () => {
	expect([...new Set(selectable.map(({ node }) => node))].sort()).toEqual(['accutics', 'enDocsCloud', 'ento', 'entu', 'smartConnect']);
	const without = lab.all.filter((subject) => !selectable.includes(subject)).filter(({ key }) => /:(get|read|validate|download|count)/.test(key));
	expect(without.map(({ node, key }) => `${node} ${key}`).sort()).toEqual([
		'accutics entity:count',
		'entu entity:count',
		'entu file:download',
		'entu file:getThumbnail',
		'entu token:get',
		'smartConnect output:download',
		'smartConnect token:get',
		'smartConnect token:validate',
	]);
});

test.concurrent.each(named(selectable))('%s gives the chosen fields, the same for every record', async (_, subject) => {
	await lab.use(async (bench) => {
		const names = await fieldNames(bench, subject);
		const all = await bench.run(subject);
		expect(all.error).toBeUndefined();
		for (const name of Object.keys(rowsOf(all.outputs[0])[0] ?? {})) expect(names).toContain(name);

		const chosen = [...names.filter((name) => !name.includes('.')).slice(-2), 'no such field'];
		await bench.fresh(subject);
		const run = await bench.run(subject, { parameters: { output: 'selectedFields', outputFields: chosen } });
		expect(run.error).toBeUndefined();
		expect(rowsOf(run.outputs[0])).toHaveLength(rowsOf(all.outputs[0]).length);
		for (const row of rowsOf(run.outputs[0])) {
			expect(Object.keys(row)).toEqual(chosen);
			expect(row['no such field']).toBeNull();
		}
		for (const name of chosen.slice(0, -1)) expect(rowsOf(run.outputs[0]).some((row) => row[name] !== null) || (await isNullEverywhere(bench, subject, name))).toBe(true);
	});
});

test.concurrent.each(named(selectable))('%s takes names by expression, and none is refused before anything is read', async (_, subject) => {
	await lab.use(async (bench) => {
		const [name = ''] = await fieldNames(bench, subject);
		const run = await bench.run(subject, { parameters: { output: 'selectedFields', outputFields: `={{ " ${name} , other" }}` } });
		expect(run.error).toBeUndefined();
		for (const row of rowsOf(run.outputs[0])) expect(Object.keys(row)).toEqual([name, 'other']);
		await bench.fresh(subject);
		const refused = await bench.run(subject, { parameters: { output: 'selectedFields', outputFields: [] } });
		expect(refused.error?.message).toContain("'Field Names or IDs': No field is chosen");
		expect(await bench.journal(subject)).toEqual([]);
	});
});

test.concurrent.each(named(simplifying.filter((subject) => selectable.includes(subject))))('%s has the same columns in every row of a list', async (_, subject) => {
	await lab.use(async (bench) => {
		await bench.fresh(subject);
		const { outputs: found } = await bench.run(subject, { items: [subject.sample.items?.[0] ?? {}] });
		const [first = {}, ...rows] = rowsOf(found[0]);
		for (const row of rows) expect(Object.keys(row).sort()).toEqual(Object.keys(first).sort());
	});
});

test.concurrent.each(named(simplifying))('%s of a saved workflow goes on obeying Simplify', async (_, subject) => {
	await lab.use(async (bench) => {
		const run = async (version: number, parameters: INodeParameters) => {
			await bench.fresh(subject);
			const { outputs: found, error } = await bench.run(subject, { version, parameters, items: [subject.sample.items?.[0] ?? {}] });
			expect(error).toBeUndefined();
			return rowsOf(found[0]);
		};
		const raw = await run(1.1, { output: 'raw' });
		// Shifts of Ento include nothing by themselves there, and their rows have another form.
		const isShift = subject.node === 'ento' && subject.resource === 'shift';
		const included: INodeParameters = isShift ? { options: { include: ['employee', 'role'] } } : {};
		expect(shapes(await run(1, { simplify: false, ...included }))).toEqual(shapes(raw));
		const simplified = await run(1.1, {});
		expect(shapes(await run(1.1, { output: 'simplified' }))).toEqual(shapes(simplified));
		expect(shapes(simplified)).not.toEqual(shapes(raw));
		// Rows of Entu have had another form before.
		if (subject.node !== 'entu' && !isShift) expect(shapes(await run(1, {}))).toEqual(shapes(simplified));
		expect(shapes(await run(1, { simplify: true }))).toEqual(shapes(await run(1, {})));
	});
});

/** The names on offer in the editor, for the first item of the sample. */
async function fieldNames(bench: Bench, subject: Subject): Promise<string[]> {
	const row = await bench.fresh(subject);
	const { node, samples } = subject;
	const parameters = { ...entered(subject), output: 'selectedFields' };
	const choices = await lab.engine.callMethod({ node, kind: 'loadOptions', method: 'getOutputFields', parameters, credentials: { [samples.credentialType]: row } });
	expect(choices.length).toBeGreaterThan(0);
	return choices.map(({ value }) => String(value));
}

async function isNullEverywhere(bench: Bench, subject: Subject, name: string): Promise<boolean> {
	const runs = [await bench.run(subject, { parameters: { output: 'raw' } }), await bench.run(subject)];
	return runs.flatMap((run) => rowsOf(run.outputs[0])).every((row) => row[name] === null || row[name] === undefined);
}

function choicesOf({ node, resource, operation }: Subject, name: string): INodePropertyOptions[] {
	const { properties } = lab.engine.nodeType(node).description;
	const found = properties.filter((property) => property.name === name && property.displayOptions?.show?.resource?.includes(resource) && property.displayOptions.show.operation?.includes(operation));
	return found.flatMap(({ options = [] }) => options as INodePropertyOptions[]);
}

function rowsOf(items: readonly INodeExecutionData[] = []): IDataObject[] {
	return items.map(({ json }) => json);
}

/** What rows look like, whatever IDs and times a run gives. */
function shapes(rows: readonly IDataObject[]): unknown {
	return rows.map((row) => shapeOf(row));
}

function shapeOf(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(shapeOf);
	if (typeof value !== 'object' || value === null) return typeof value;
	return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, shapeOf(entry)]));
}

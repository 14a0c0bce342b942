/** All switches and dropdowns of all operations, wherever they stand: what an odd expression gives for them is read as it was meant, or refused by name before anything is written. */
import type { INodeParameters, INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';
import type { Entry } from '../../sandbox/client.mts';
import { useLab, type Bench, type Subject } from './lab.mts';

const lab = useLab(2);
/** Picked by `operationOf` and `connectionFor`, before there are any items. */
const NOT_BY_ITEM = ['resource', 'operation', 'authentication'];
const EXPRESSION = '={{ $json.odd }}';

interface Target {
	readonly property: INodeProperties;
	/** The parameters with the expression in this place. */
	readonly parameters: INodeParameters;
	readonly path: string;
}

interface Odd {
	readonly value: unknown;
	/** What it stands for; nothing when it must be refused. */
	readonly means?: unknown;
}

const SWITCHES: Odd[] = [
	{ value: 1, means: true },
	{ value: '1', means: true },
	{ value: ' TRUE', means: true },
	{ value: 'Yes', means: true },
	{ value: 0, means: false },
	{ value: 'no', means: false },
	{ value: undefined },
	{ value: null },
	{ value: '' },
	{ value: 2 },
	{ value: 'maybe' },
	{ value: { yes: true } },
];

/** None of them is a value of a dropdown, but for the one with blanks around it. */
const choicesFor = ({ options = [] }: INodeProperties): Odd[] => {
	const [first] = options as INodePropertyOptions[];
	const value = first?.value ?? '';
	return [
		{ value, means: value },
		{ value: typeof value === 'string' ? ` ${value} ` : String(value), means: value },
		{ value: typeof value === 'string' && value.toUpperCase() !== value ? value.toUpperCase() : 'UNKNOWN' },
		{ value: first?.name === value ? 'Some Name' : `${String(first?.name)} ` },
		{ value: undefined },
		{ value: null },
		{ value: '' },
		{ value: 'someday' },
		{ value: -1 },
		{ value: 0.5 },
		{ value: { value } },
		{ value: ['someday'] },
	];
};

const jobs = lab.all.flatMap((subject) => targetsOf(subject).map((target) => ({ subject, target })));

test('there is much to try', () => {
	expect(lab.all.length).toBeGreaterThan(70);
	expect(jobs.length).toBeGreaterThan(200);
});

test('every odd value is read right, or refused by the name of its parameter before anything is written', async () => {
	const findings = await lab.each(jobs, async ({ subject, target }, bench) => await tryOdd(subject, target, bench));
	expect(findings.flat()).toEqual([]);
}, 1_800_000);

async function tryOdd(subject: Subject, { property, parameters, path }: Target, bench: Bench): Promise<string[]> {
	const where = `${subject.node} ${subject.key} ${path}`;
	const odds = property.type === 'boolean' ? SWITCHES : choicesFor(property);
	const bases = subject.sample.items ?? [{}, {}, {}];
	const items = odds.map(({ value }, i) => ({ ...bases[i % bases.length], odd: value as never }));
	const readable = odds.flatMap(({ means }, i) => (means === undefined ? [] : [{ ...bases[i % bases.length], odd: means as never }]));

	await bench.fresh(subject);
	const run = await bench.run(subject, { items, parameters, onError: 'continueErrorOutput' });
	const sent = written(await bench.journal(subject));
	await bench.fresh(subject);
	await bench.run(subject, { items: readable, parameters, onError: 'continueErrorOutput' });
	const wanted = written(await bench.journal(subject));

	const refused = new Map((run.outputs[1] ?? []).map(({ json, pairedItem }) => [(pairedItem as { item: number }).item, String(json.error)]));
	const named = (i: number): boolean => refused.get(i)?.startsWith(`'${property.displayName}': `) ?? false;
	return [
		...(run.error ? [`${where}: ${run.error.message}`] : []),
		...odds.flatMap(({ value, means }, i) => {
			const isWrong = named(i) === (means !== undefined);
			return isWrong ? [`${where}: ${JSON.stringify(value) ?? 'nothing'} ${named(i) ? 'is refused' : 'is taken'}: ${refused.get(i) ?? ''}`] : [];
		}),
		...(JSON.stringify(sent) === JSON.stringify(wanted) ? [] : [`${where}: sent ${JSON.stringify(sent)} in place of ${JSON.stringify(wanted)}`]),
	];
}

/** All that may have changed something; what is read comes in any order. */
function written(entries: readonly Entry[]): string[] {
	return entries.map(({ method, path, query, body }) => JSON.stringify([method, path, query, body])).sort();
}

function targetsOf(subject: Subject): Target[] {
	const { properties } = lab.engine.nodeType(subject.node).description;
	const shown = properties.filter(({ displayOptions, name }) => {
		const { resource, operation } = displayOptions?.show ?? {};
		return !NOT_BY_ITEM.includes(name) && (resource ?? []).includes(subject.resource) && (operation ?? []).includes(subject.operation) && isShown(subject, displayOptions?.show);
	});
	return shown.flatMap((property) => targetsIn(property, [property.name], (value) => ({ [property.name]: value })));
}

/** Whether the other conditions hold with the sample's parameters, as far as it names any. */
function isShown({ sample, samples }: Subject, show: NonNullable<INodeProperties['displayOptions']>['show'] = {}): boolean {
	const parameters: INodeParameters = { ...samples.common, ...sample.parameters };
	return Object.entries(show).every(([key, values = []]) => ['resource', 'operation'].includes(key) || !(key in parameters) || values.includes(parameters[key] as never));
}

function targetsIn(property: INodeProperties, names: readonly string[], place: (value: never) => INodeParameters): Target[] {
	const { type, typeOptions } = property;
	const isStatic = !typeOptions?.loadOptionsMethod;
	if (type === 'boolean' || ((type === 'options' || type === 'multiOptions') && isStatic)) {
		return [{ property, path: names.join('.'), parameters: place(EXPRESSION as never) }];
	}
	if (type === 'collection') {
		return ((property.options ?? []) as INodeProperties[]).flatMap((inner) => targetsIn(inner, [...names, inner.name], (value) => place({ [inner.name]: value } as never)));
	}
	if (type !== 'fixedCollection') return [];
	return ((property.options ?? []) as INodePropertyCollection[]).flatMap(({ name, values }) =>
		values.flatMap((inner) =>
			targetsIn(inner, [...names, name, inner.name], (value) => {
				const entry = { ...FILLED, [inner.name]: value };
				return place({ [name]: typeOptions?.multipleValues ? [entry] : { [inner.name]: value } } as never);
			}),
		),
	);
}

/** What an entry of a list needs beside the parameter that is tried. */
const FILLED = { name: 'title', property: 'name.string', value: 'A' };

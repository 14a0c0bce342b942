/** All switches and dropdowns of all operations, wherever they stand: what an odd expression gives for them is read as it was meant, or refused by name before anything is written. */
import type { IDataObject, INodeParameters, INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';
import type { Entry } from '../../sandbox/client.mts';
import { useLab, type Bench, type Subject } from './lab.mts';

const lab = useLab(2);
/** Picked by `operationOf` and `connectionFor`, before there are any items. */
/** The version of the nodes that is tried. */
const NEWEST = 1.1;
const NOT_BY_ITEM = ['resource', 'operation', 'authentication'];
/** Log-ins, and what tests a session. */
const SESSION = /^\/(auth|login|labdb|mixdb|API\/validate)$/i;
/** IDs that the service has made up meanwhile. */
const NEW_ID = /\b(?!65a0)[0-9a-f]{24}\b/g;
const EXPRESSION = '={{ $json.odd }}';
/** What an entry of a list needs beside the parameter that is tried. */
const FILLED: IDataObject = { name: 'title', property: 'name.string', value: 'A' };

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
	expect(jobs.length).toBeGreaterThan(110);
});

test.each([...new Set(lab.all.map(({ node }) => node))])('every odd value is read right, or refused by the name of its parameter before anything is written: %s', async (node) => {
	const own = jobs.filter(({ subject }) => subject.node === node);
	expect(own.length).toBeGreaterThan(0);
	const findings = await lab.each(own, async ({ subject, target }, bench) => await tryOdd(subject, target, bench));
	expect(findings.flat()).toEqual([]);
}, 900_000);

async function tryOdd(subject: Subject, { property, parameters, path }: Target, bench: Bench): Promise<string[]> {
	const where = `${subject.node} ${subject.key} ${path}`;
	const odds = property.type === 'boolean' ? SWITCHES : choicesFor(property);
	const bases = subject.sample.items ?? [{}, {}, {}];
	const items = odds.map(({ value }, i) => ({ ...bases[i % bases.length], odd: value as never }));
	const readable = odds.flatMap(({ means }, i) => (means === undefined ? [] : [{ ...bases[i % bases.length], odd: means as never }]));

	await bench.fresh(subject);
	const run = await bench.run(subject, { items, parameters, onError: 'continueErrorOutput' });
	const sent = requests(await bench.journal(subject));
	await bench.fresh(subject);
	await bench.run(subject, { items: readable, parameters, onError: 'continueErrorOutput' });
	const wanted = requests(await bench.journal(subject));

	const refused = new Map((run.outputs[1] ?? []).map(({ json, pairedItem }) => [(pairedItem as { item: number }).item, String(json.error)]));
	const named = (i: number): boolean => refused.get(i)?.startsWith(`'${property.displayName}': `) ?? false;
	return [
		...(run.error ? [`${where}: ${run.error.message}`] : []),
		...odds.flatMap(({ value, means }, i) => {
			const isWrong = named(i) === (means !== undefined);
			return isWrong ? [`${where}: ${JSON.stringify(value) ?? 'nothing'} ${named(i) ? 'is refused' : 'is taken'}: ${refused.get(i) ?? ''}`] : [];
		}),
		...difference(sent, wanted).map((request) => `${where}: sent ${request}`),
		...difference(wanted, sent).map((request) => `${where}: did not send ${request}`),
	];
}

/** What was sent, whatever its order, without what belongs to the session. */
function requests(entries: readonly Entry[]): string[] {
	const own = entries.filter(({ path }) => !SESSION.test(path));
	return own.map(({ method, path, query, body }) => {
		const asked = Object.entries(query).filter(([name]) => !['token', 'email', 'password'].includes(name));
		return JSON.stringify([method, path, asked, body]).replace(NEW_ID, '');
	});
}

/** The requests that were sent more often the first time. */
function difference(requests: readonly string[], others: readonly string[]): string[] {
	const left = [...others];
	return requests.filter((request) => {
		const at = left.indexOf(request);
		if (at >= 0) left.splice(at, 1);
		return at < 0;
	});
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
	return Object.entries(show).every(([key, values = []]) => {
		if (key === '@version') return true;
		return ['resource', 'operation'].includes(key) || !(key in parameters) || values.includes(parameters[key] as never);
	});
}

function isOfNewest({ displayOptions }: INodeProperties): boolean {
	const versions: readonly unknown[] = displayOptions?.show?.['@version'] ?? [NEWEST];
	return versions.some((version) => typeof version === 'object' || version === NEWEST);
}

function targetsIn(property: INodeProperties, names: readonly string[], place: (value: never) => INodeParameters): Target[] {
	const { type, typeOptions } = property;
	const isStatic = !typeOptions?.loadOptionsMethod;
	// n8n evaluates no expression there.
	if (property.noDataExpression || !isOfNewest(property)) return [];
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
				const beside = values.flatMap((other) => (other.name in FILLED ? [[other.name, FILLED[other.name]]] : [])) as Array<[string, never]>;
				const entry = { ...Object.fromEntries(beside), [inner.name]: value };
				return place({ [name]: typeOptions?.multipleValues ? [entry] : { [inner.name]: value } } as never);
			}),
		),
	);
}

/** What holds for the description of every node of the package, checked on the descriptions as built. */
import type {
	INodeProperties,
	INodePropertyCollection,
	INodePropertyOptions,
	INodeTypeDescription,
	NodePropertyTypes,
} from 'n8n-workflow';
import { useEngine } from '../support/engine.mts';
import { lintDescription } from '../support/lint-description.mts';

const engine = useEngine();

/** How the services are called where a word belongs to several of them. */
const SERVICES = ['Accutics', 'EnDocs', 'Ento', 'Entu', 'SmartConnect'];

interface Operation {
	resource: string;
	option: INodePropertyOptions;
}

/** A property with the path that leads to it, e.g. `options.batch.size`. */
interface Placed {
	path: string;
	property: INodeProperties;
	siblings: INodeProperties[];
}

describe.each(engine.nodeNames)('%s', (name) => {
	const { description: loaded, methods } = engine.nodeType(name);
	// n8n adds a parameter of its own to what polls.
	const description = { ...loaded, properties: loaded.properties.filter((property) => property.name !== 'pollTimes') };
	const { properties } = description;
	const isTrigger = description.group.includes('trigger');
	const all = flatten(properties);
	const operations = operationsOf(properties);

	test('passes n8n’s own lint rules', async () => {
		expect(await lintDescription(description, SERVICES)).toEqual([]);
	}, 60_000);

	test('describes itself', () => {
		expect(description.displayName).toMatch(/\S/);
		expect(description.description).not.toMatch(/\.$/);
		expect(description.iconUrl).toEqual({ light: expect.stringMatching(/svg$/), dark: expect.stringMatching(/\.dark\.svg$/) });
		expect(description.codex?.categories).not.toHaveLength(0);
		expect(description.codex?.resources?.primaryDocumentation?.[0]?.url).toMatch(/^https:/);
		if (isTrigger) return;
		expect(description.usableAsTool).toBe(true);
		// n8n adds it to the tool that it makes of the node; on the node itself, it keeps the node panel from listing actions.
		expect(description.codex?.subcategories?.AI).toBeUndefined();
	});

	test('uses credentials of this package', () => {
		for (const credential of description.credentials ?? []) {
			expect(engine.credentialNames).toContain(credential.name);
		}
	});

	if (!isTrigger) {
		test('every resource has operations and every default is one of the choices', () => {
			const resources = choices(properties.find((property) => property.name === 'resource'));
			expect(resources.length).toBeGreaterThan(0);
			for (const { value } of resources) {
				expect(operations.filter(({ resource }) => resource === value)).not.toHaveLength(0);
			}
			for (const property of properties.filter(({ name: key }) => key === 'resource' || key === 'operation')) {
				expect(choices(property).map(({ value }) => value)).toContain(property.default);
			}
		});

		test('a new node opens with an operation that only reads', () => {
			const typeVersion = Math.max(...[description.version].flat());
			const opened = engine.n8n.workflow.NodeHelpers.getNodeParameters(properties, {}, true, false, { typeVersion }, null);
			const offered = visibleFor(properties, String(opened?.resource), String(opened?.operation)).filter(({ name: key }) => key === 'options').flatMap(({ options = [] }) => options);
			const names = offered.map(({ name: key }) => key);
			expect(names).toContain('timeout');
			expect(names).not.toContain('previewOnly'); // which all have that change something
		});

		test('every operation is worded as n8n words its own', () => {
			const findings = operations.flatMap(({ resource, option }) =>
				wordingOf(option).map((finding) => `${resource}.${String(option.value)}: ${finding}`),
			);
			expect(findings).toEqual([]);
		});

		test('the node panel lists every action once', () => {
			const listed = actionsInPanel(properties);
			expect(duplicates(listed)).toEqual([]);
			expect(listed.sort()).toEqual(operations.map(({ option }) => option.action).sort());
		});

		test('every list can be limited', () => {
			const findings = operations
				.filter(({ option }) => option.value === 'getAll')
				.flatMap(({ resource }) => missingLimits(visibleFor(properties, resource, 'getAll'), resource));
			expect(findings).toEqual([]);
		});

		test('a request of the user’s own shows what belongs into a body only where it has one', () => {
			const visible = visibleFor(properties, 'request', 'send');
			const methods = choices(visible.find(({ name: key }) => key === 'method')).map(({ value }) => String(value));
			const ofBody = visible.flatMap(({ displayOptions }) => (displayOptions?.show?.method ?? []) as string[]);
			expect(ofBody).not.toContain('GET');
			if (methods.includes('GET')) expect(ofBody).not.toHaveLength(0);
		});

		test('no operation shows a parameter twice', () => {
			const findings = operations.flatMap(({ resource, option }) => {
				const visible = visibleFor(properties, resource, String(option.value));
				return clashes(visible).map((clash) => `${resource}.${String(option.value)}: ${clash}`);
			});
			expect(findings).toEqual([]);
		});
	}

	test('display options refer to parameters and values that exist', () => {
		expect(all.flatMap((placed) => danglingConditions(placed, properties))).toEqual([]);
	});

	test('every parameter can be reached', () => {
		const unreachable = properties.filter(({ displayOptions }) => {
			const { resource, operation } = displayOptions?.show ?? {};
			if (!resource && !operation) return false;
			return !operations.some(
				(candidate) => matches(resource, candidate.resource) && matches(operation, candidate.option.value),
			);
		});
		expect(unreachable.map((property) => property.name)).toEqual([]);
	});

	test('names are camelCase, placeholders are examples, JSON defaults are JSON', () => {
		expect(all.flatMap(({ path, property }) => fieldFindings(property).map((finding) => `${path}: ${finding}`))).toEqual([]);
	});

	test('all that a person reads has words', () => {
		expect(all.flatMap(({ path, property }) => wordless(property).map((what) => `${path}: ${what}`))).toEqual([]);
	});

	test('no list of choices holds a value twice', () => {
		const findings = all.flatMap(({ path, property }) =>
			duplicates(choices(property).map(({ value }) => String(value))).map((value) => `${path}: ${value}`),
		);
		expect(findings).toEqual([]);
	});

	test('dynamic fields name methods that exist', () => {
		const findings = all.flatMap(({ path, property }) =>
			methodsOf(property)
				.filter(([kind, method]) => !(methods?.[kind] && method in methods[kind]))
				.map(([kind, method]) => `${path}: ${kind}.${method}`),
		);
		expect(findings).toEqual([]);
	});
});

describe('the nodes together', () => {
	const texts = engine.nodeNames.map((name) => engine.nodeType(name).description);

	test('no two of them have an action of the same name: on the canvas it would not tell the service', () => {
		expect(duplicates(texts.flatMap(({ properties }) => operationsOf(properties)).map(({ option }) => option.action ?? ''))).toEqual([]);
	});

	test('say on the canvas in words what they do', () => {
		const shown = texts.flatMap((description) => {
			const events = choices(description.properties.find(({ name }) => name === 'event')).map(({ value }) => ({ event: value as string }));
			const chosen = operationsOf(description.properties).map(({ resource, option }) => ({ resource, operation: option.value as string }));
			return [...events, ...chosen].map((parameters) => engine.subtitle(description.name, parameters));
		});
		expect(shown).toContain('Run with data: integration');
		expect(shown).toContain('Create or update: entity');
		expect(shown).toContain('Run failed');
		expect(shown.filter((text) => !/^[A-Z][a-z]+[a-z A-Z()]*(: [a-z ]+)?$/.test(text))).toEqual([]);
	});
});

/** The checks must be able to fail: each finds what is planted here. */
describe('the checks themselves', () => {
	test('wordless', () => {
		const options = [{ name: '', value: 'a', description: ' ' }, { name: 'B', value: 'b', description: 'Bees' }];
		expect(wordless({ displayName: '', name: 'x', type: 'options', options, default: 'a', description: '' })).toEqual(['displayName', 'description', 'name of a', 'description of a']);
	});

	const property = (more: Partial<INodeProperties>): INodeProperties => ({
		displayName: 'Thing',
		name: 'thing',
		type: 'string',
		default: '',
		...more,
	});

	test('n8n’s rules see through builder functions', async () => {
		const withProperties = (...properties: INodeProperties[]): INodeTypeDescription => ({
			displayName: 'Toy',
			name: 'toy',
			group: ['transform'],
			version: 1,
			subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
			description: 'Play',
			defaults: { name: 'Toy' },
			inputs: ['main'],
			outputs: ['main'],
			properties,
		});
		expect(await lintDescription(withProperties(property({})))).toEqual([]);
		const options = ['Zebra', 'Ape', 'Bee', 'Cat', 'Dog'].map((name) => ({ name, value: name }));
		const findings = await lintDescription(
			withProperties(
				property({ displayName: 'a thing' }),
				property({ type: 'boolean', default: false, description: 'If set' }),
				property({ type: 'options', options, default: 'Ape' }),
				property({ displayName: 'Limit', name: 'limit', type: 'number', default: 10, description: 'How many' }),
				property({ displayName: 'Return All', name: 'returnAll', type: 'boolean', default: false, description: 'Whether all' }),
			),
		);
		const rules = findings.map((finding) => finding.split(':')[0]?.replace('n8n-nodes-base/', ''));
		expect(rules).toEqual(
			expect.arrayContaining([
				'node-param-display-name-miscased',
				'node-param-description-boolean-without-whether',
				'node-param-options-type-unsorted-items',
				'node-param-default-wrong-for-limit',
				'node-param-description-wrong-for-limit',
				'node-param-description-wrong-for-return-all',
			]),
		);
	}, 60_000);

	test('wording', () => {
		const option = { name: 'Get Many', value: 'getAll', action: 'Get many things', description: 'Retrieve things' };
		expect(wordingOf(option)).toEqual([]);
		expect(wordingOf({ ...option, action: 'List the Things' })).toHaveLength(3);
		expect(wordingOf({ ...option, name: 'List' })).toHaveLength(1);
		expect(wordingOf({ name: 'Upsert', value: 'upsert' })).toHaveLength(4);
	});

	test('clashes and conditions', () => {
		const when = (key: string, value: string | boolean) => ({ show: { [key]: [value] } });
		const simple = property({ displayOptions: when('mode', 'simple') });
		const raw = property({ displayOptions: when('mode', 'raw') });
		const mode = property({ name: 'mode', type: 'options', options: [{ name: 'Simple', value: 'simple' }] });
		expect(clashes([simple, raw])).toEqual([]);
		expect(clashes([simple, property({})])).toEqual(['thing']);
		expect(danglingConditions({ path: 'thing', property: simple, siblings: [] }, [mode, simple])).toEqual([]);
		expect(danglingConditions({ path: 'thing', property: raw, siblings: [] }, [mode, raw])).toHaveLength(1);
		expect(danglingConditions({ path: 'thing', property: raw, siblings: [] }, [raw])).toHaveLength(1);
	});

	test('fields', () => {
		expect(fieldFindings(property({ placeholder: 'e.g. 5' }))).toEqual([]);
		expect(fieldFindings(property({ placeholder: '5' }))).toHaveLength(1);
		expect(fieldFindings(property({ name: 'a_thing' }))).toHaveLength(1);
		expect(fieldFindings(property({ type: 'json', default: '{' }))).toHaveLength(1);
		expect(fieldFindings(property({ description: 'Two. Sentences' }))).toHaveLength(1);
		expect(missingLimits([], 'thing')).toHaveLength(2);
	});
});

function flatten(properties: INodeProperties[], prefix = ''): Placed[] {
	return properties.flatMap((property) => {
		const path = `${prefix}${property.name}`;
		const nested = nestedIn(property).flatMap((children) => flatten(children, `${path}.`));
		return [{ path, property, siblings: properties }, ...nested];
	});
}

/** The property lists inside a collection or fixed collection. */
function nestedIn(property: INodeProperties): INodeProperties[][] {
	if (property.type === 'collection') return [(property.options ?? []) as INodeProperties[]];
	if (property.type !== 'fixedCollection') return [];
	return ((property.options ?? []) as INodePropertyCollection[]).map(({ values }) => values);
}

/** The texts of a property and its choices that are there and say nothing. */
function wordless(property: INodeProperties): string[] {
	const { displayName, description, hint, placeholder } = property;
	const texts: Array<[string, unknown]> = [['displayName', displayName], ['description', description], ['hint', hint], ['placeholder', placeholder]];
	for (const { name, value, description: said, action } of choices(property)) {
		texts.push([`name of ${String(value)}`, name], [`description of ${String(value)}`, said], [`action of ${String(value)}`, action]);
	}
	return texts.filter(([, text]) => text !== undefined && !/\S/.test(String(text))).map(([what]) => what);
}

function choices(property: INodeProperties | undefined): INodePropertyOptions[] {
	const types: NodePropertyTypes[] = ['options', 'multiOptions'];
	return property && types.includes(property.type) ? ((property.options ?? []) as INodePropertyOptions[]) : [];
}

/** Each once, also where nodes of another version open with another one. */
function operationsOf(properties: INodeProperties[]): Operation[] {
	return properties
		.filter(({ name }) => name === 'operation')
		.flatMap((property) =>
			((property.displayOptions?.show?.resource ?? []) as string[]).flatMap((resource) =>
				choices(property).map((option) => ({ resource, option })),
			),
		)
		.filter(({ resource, option }, i, all) => all.findIndex((other) => other.resource === resource && other.option.value === option.value) === i);
}

/** The actions as n8n's node panel finds them: for each choice of a resource, those of the first parameter 'operation' that goes with it. */
function actionsInPanel(properties: INodeProperties[]): Array<string | undefined> {
	const resources = properties.filter(({ name }) => name === 'resource').flatMap(choices);
	return resources.flatMap(({ value }) => {
		const operation = properties.find(({ name, displayOptions }) => name === 'operation' && displayOptions?.show?.resource?.includes(value));
		return choices(operation).map(({ action }) => action);
	});
}

function wordingOf({ name, value, action = '', description = '' }: INodePropertyOptions): string[] {
	const [first = '', ...rest] = action.split(' ');
	return [
		...(/^[A-Z]/.test(first) ? [] : ['the action starts with a capital']),
		...(rest.some((word) => /^[A-Z][a-z]/.test(word) && !SERVICES.includes(word)) ? ['the action is in sentence case'] : []),
		...(/\b(a|an|the)\b/i.test(action) ? ['the action has no articles'] : []),
		...(description === '' ? ['there is a description'] : []),
		...(value === 'getAll' && name !== 'Get Many' ? ['the name is "Get Many"'] : []),
		...(value === 'getAll' && !action.startsWith('Get many') ? ['the action starts with "Get many"'] : []),
		...(value === 'upsert' && name !== 'Create or Update' ? ['the name is "Create or Update"'] : []),
		...(value === 'upsert' && !description.endsWith('(upsert)') ? ['the description ends with "(upsert)"'] : []),
	];
}

/** `returnAll` and `limit` (shown when not everything is asked for) belong to every list. */
function missingLimits(visible: INodeProperties[], resource: string): string[] {
	const returnAll = visible.find(({ name }) => name === 'returnAll');
	const limit = visible.find(({ name }) => name === 'limit');
	return [
		...(returnAll?.default === false ? [] : [`${resource}: Return All, off by default`]),
		...(limit?.displayOptions?.show?.returnAll?.[0] === false ? [] : [`${resource}: Limit, shown when Return All is off`]),
	];
}

function visibleFor(properties: INodeProperties[], resource: string, operation: string): INodeProperties[] {
	return properties.filter(({ displayOptions }) => {
		const { show = {}, hide = {} } = displayOptions ?? {};
		if (hide.resource && matches(hide.resource, resource)) return false;
		if (hide.operation && matches(hide.operation, operation)) return false;
		return matches(show.resource, resource) && matches(show.operation, operation);
	});
}

const matches = (wanted: unknown[] | undefined, value: unknown) => !wanted || wanted.includes(value);

/** Names of parameters that can be visible twice at once. */
function clashes(visible: INodeProperties[]): string[] {
	return visible.flatMap((property, index) =>
		visible
			.slice(index + 1)
			.filter((other) => other.name === property.name && other.type !== 'notice' && !exclusive(property, other))
			.map(({ name }) => name),
	);
}

function exclusive(a: INodeProperties, b: INodeProperties): boolean {
	const { show = {}, hide = {} } = a.displayOptions ?? {};
	const { show: otherShow = {}, hide: otherHide = {} } = b.displayOptions ?? {};
	const apart = Object.keys(show).some(
		(key) => key in otherShow && !(show[key] ?? []).some((value) => otherShow[key]?.includes(value as never)),
	);
	return apart || within(show, otherHide) || within(otherShow, hide);
}

type Conditions = NonNullable<NonNullable<INodeProperties['displayOptions']>['show']>;

const within = (show: Conditions, hide: Conditions) =>
	Object.keys(show).some((key) => key in hide && (show[key] ?? []).every((value) => hide[key]?.includes(value as never)));

/** Conditions on parameters or values that do not exist. */
function danglingConditions({ path, property, siblings }: Placed, properties: INodeProperties[]): string[] {
	const { show = {}, hide = {} } = property.displayOptions ?? {};
	const conditions = [...Object.entries(show), ...Object.entries(hide)].filter(([key]) => !key.startsWith('@'));
	return conditions.flatMap(([key, values]) => {
		const absolute = key.startsWith('/');
		const name = key.replace(/^\//, '').split('.')[0];
		const targets = (absolute ? properties : [...siblings, ...properties]).filter((target) => target.name === name);
		if (targets.length === 0) return [`${path}: there is no parameter ${key}`];
		if (key.includes('.')) return [];
		return (values ?? [])
			.filter((value) => !targets.some((target) => canBe(target, value)))
			.map((value) => `${path}: ${key} is never ${JSON.stringify(value)}`);
	});
}

function canBe(property: INodeProperties, value: unknown): boolean {
	if (property.type === 'boolean') return typeof value === 'boolean';
	const offered = choices(property);
	return offered.length === 0 || typeof value === 'object' || offered.some((choice) => choice.value === value);
}

function fieldFindings({ name, type, placeholder, default: value, description }: INodeProperties): string[] {
	const isText = type === 'string' || type === 'number' || type === 'json';
	return [
		...(/^[a-z][A-Za-z0-9]*$/.test(name) ? [] : ['the name is camelCase']),
		...(isText && placeholder && !placeholder.startsWith('e.g. ') ? ['the placeholder starts with "e.g. "'] : []),
		...(type === 'json' && !isJson(value) ? ['the default is JSON'] : []),
		...(description && /\. [A-Z]/.test(description) !== description.endsWith('.') ? ['one sentence has no full stop, more have one each'] : []),
	];
}

function isJson(value: unknown): boolean {
	if (typeof value !== 'string') return false;
	if (value === '') return true;
	try {
		JSON.parse(value);
		return true;
	} catch {
		return false;
	}
}

type MethodKind = 'loadOptions' | 'listSearch' | 'resourceMapping';

function methodsOf({ typeOptions, modes }: INodeProperties): Array<[MethodKind, string]> {
	const found: Array<[MethodKind, string | undefined]> = [
		['loadOptions', typeOptions?.loadOptionsMethod],
		['resourceMapping', typeOptions?.resourceMapper?.resourceMapperMethod],
		...(modes ?? []).map((mode): [MethodKind, string | undefined] => ['listSearch', mode.typeOptions?.searchListMethod]),
	];
	return found.filter((entry): entry is [MethodKind, string] => entry[1] !== undefined);
}

const duplicates = <T,>(values: T[]) => values.filter((value, index) => values.indexOf(value) !== index);

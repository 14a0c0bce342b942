/** Of an item in which several parameters are wrong, every operation names them all, and nothing is sent. */
import type { IDataObject, INode, INodeParameters, INodeProperties } from 'n8n-workflow';
import { useLab, type Bench, type Subject } from './lab.mts';

const lab = useLab(6);

/** What is wrong with a parameter of a type; an expression, since n8n itself checks what stands in the panel. */
const WRONG: Partial<Record<INodeProperties['type'], string>> = {
	boolean: '={{ "perhaps" }}',
	options: '={{ "none of them" }}',
	number: '={{ "many" }}',
	dateTime: '={{ "someday" }}',
	json: '={{ "{" }}',
};
const EMPTY = '={{ "" }}';

interface Mistakes {
	readonly parameters: INodeParameters;
	readonly names: readonly string[];
}

const cases = lab.all.flatMap((subject): Array<[string, Subject, Mistakes]> => {
	const mistakes = mistakesIn(subject);
	return mistakes.names.length > 1 ? [[`${subject.node} ${subject.key}`, subject, mistakes]] : [];
});

test('most operations have several parameters that can be wrong', () => {
	expect(cases.length).toBeGreaterThan(lab.all.length / 2);
});

test.concurrent.each(cases)('%s names all that is wrong', async (_, subject, { parameters, names }) => {
	await lab.use(async (bench) => {
		await bench.fresh(subject);
		const items = [subject.sample.items?.[0] ?? {}];
		const stopped = await bench.run(subject, { items, parameters });
		expect(stopped.error?.message).toMatch(new RegExp(`^${names.length} things are to be corrected`));
		for (const name of names.slice(0, 10)) expect(stopped.error?.message).toContain(`'${name}'`);
		expect(stopped.error?.description).toMatch(/\S/);
		expect(stopped.error?.context).toMatchObject({ itemIndex: 0 });

		const run = await bench.run(subject, { items, parameters, onError: 'continueErrorOutput' });
		const { faults } = run.outputs[1]?.[0]?.json.message as { faults: Array<{ parameter: string; message: string; description: string }> };
		expect(faults.map(({ parameter }) => parameter).sort()).toEqual([...names].sort());
		for (const { message, description } of faults) expect(`${message} ${description}`).toMatch(/\S \S/);
		expect(await sent(bench, subject)).toEqual([]);
	});
});

async function sent(bench: Bench, subject: Subject): Promise<string[]> {
	return (await bench.journal(subject)).map(({ method, path }) => `${method} ${path}`);
}

/** The parameters of an operation with something wrong in each that can be. */
function mistakesIn({ node, resource, operation, sample, samples }: Subject): Mistakes {
	const { description } = lab.engine.nodeType(node);
	const given = { resource, operation, ...samples.common, ...sample.parameters } as INodeParameters;
	const shown = displayed(node, given);
	const typeVersion = Math.max(...[description.version].flat());
	const isShown = (property: INodeProperties): boolean => lab.engine.n8n.workflow.NodeHelpers.displayParameter(shown, property, { typeVersion }, description);
	const own = description.properties.filter((property) => isShown(property) && property.displayOptions?.show?.operation?.includes(operation) && property.displayOptions.show.resource?.includes(resource));
	const wrong = own.flatMap((property): Array<[INodeProperties, INodeParameters[string]]> => {
		const value = wrongFor(property);
		return value === undefined || property.noDataExpression || isConditionOf(property, description.properties) ? [] : [[property, value]];
	});
	const parameters = Object.fromEntries(wrong.map(([{ name }, value]) => [name, value])) as INodeParameters;
	// What is wrong in one may have hidden another.
	const left = displayed(node, { ...given, ...parameters });
	return { parameters, names: [...new Set(wrong.filter(([{ name }]) => name in left).map(([{ displayName }]) => displayName))] };
}

function wrongFor({ type, required, typeOptions }: INodeProperties): INodeParameters[string] | undefined {
	if (type === 'options' && typeOptions?.loadOptionsMethod) return required ? EMPTY : undefined;
	if (type in WRONG) return WRONG[type];
	if (!required) return undefined;
	if (type === 'resourceLocator') return { __rl: true, mode: 'id', value: EMPTY } as IDataObject as INodeParameters;
	return type === 'string' ? EMPTY : undefined;
}

function isConditionOf({ name }: INodeProperties, properties: readonly INodeProperties[]): boolean {
	return properties.some(({ displayOptions }) => name in { ...displayOptions?.show, ...displayOptions?.hide });
}

function displayed(node: string, parameters: INodeParameters): INodeParameters {
	const { description } = lab.engine.nodeType(node);
	const typeVersion = Math.max(...[description.version].flat());
	const { NodeHelpers } = lab.engine.n8n.workflow;
	return NodeHelpers.getNodeParameters(description.properties, parameters, true, false, { typeVersion, parameters } as unknown as INode, description) ?? {};
}

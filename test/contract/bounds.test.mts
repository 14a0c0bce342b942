/** What the editor takes in each field for a number: lowest, highest, and what stands there at first. */
import type { INodeProperties, INodePropertyCollection } from 'n8n-workflow';
import { useEngine } from '../support/engine.mts';

type Bounds = [field: string, lowest: number | undefined, highest: number | undefined, first: unknown];

const engine = useEngine();
const found = engine.nodeNames.flatMap((node) => boundsOf(engine.nodeType(node).description.properties, `${node} `));

function boundsOf(properties: readonly INodeProperties[], prefix: string): Bounds[] {
	return properties.flatMap((property) => {
		const { name, type, typeOptions, default: first } = property;
		if (type === 'number') return [[`${prefix}${name}`, typeOptions?.minValue, typeOptions?.maxValue, first] satisfies Bounds];
		if (type === 'collection') return boundsOf(property.options as INodeProperties[], `${prefix}${name}.`);
		if (type !== 'fixedCollection') return [];
		return (property.options as INodePropertyCollection[]).flatMap((option) => boundsOf(option.values, `${prefix}${name}.${option.name}.`));
	});
}

const known: Bounds[] = [
	['accutics limit', 1, undefined, 50],
	['accutics options.parallelRequests', 1, 20, 1],
	['accutics options.parallelRequests', 1, 20, 5],
	['accutics options.timeout', 1, undefined, 60000],
	['accutics options.pageSize', 1, undefined, 1000],
	['accuticsTrigger options.mostItems', 1, undefined, 500],
	['accuticsTrigger options.pageSize', 1, undefined, 1000],
	['accuticsTrigger options.timeout', 1, undefined, 60000],
	['enDocsCloud afterDocumentId', 0, undefined, 0],
	['enDocsCloud limit', 1, undefined, 50],
	['enDocsCloud options.parallelRequests', 1, 10, 1],
	['enDocsCloud options.parallelRequests', 1, 10, 10],
	['enDocsCloud options.timeout', 1, undefined, 60000],
	['enDocsCloud options.maxFileSize', 1, 300, 20],
	['enDocsCloudTrigger options.mostItems', 1, undefined, 500],
	['enDocsCloudTrigger options.timeout', 1, undefined, 60000],
	['ento days', 1, undefined, 7],
	['ento limit', 1, undefined, 50],
	['ento options.parallelRequests', 1, 5, 1],
	['ento options.parallelRequests', 1, 5, 5],
	['ento options.timeout', 1, undefined, 60000],
	['ento options.paging.settings.firstPage', 0, undefined, 1],
	['ento options.paging.settings.maxPages', 1, undefined, 100],
	['ento options.paging.settings.pageSize', 1, undefined, 100],
	['entoTrigger daysBack', 0, 366, 1],
	['entoTrigger daysAhead', 0, 366, 14],
	['entoTrigger options.mostItems', 1, undefined, 500],
	['entoTrigger options.timeout', 1, undefined, 60000],
	['entu copies', 1, 100, 1],
	['entu limit', 1, undefined, 50],
	['entu options.parallelRequests', 1, 20, 1],
	['entu options.parallelRequests', 1, 20, 10],
	['entu options.timeout', 1, undefined, 60000],
	['entu options.pageSize', 1, 2500, 500],
	['entuPollingTrigger options.mostItems', 1, undefined, 500],
	['entuPollingTrigger options.timeout', 1, undefined, 60000],
	['entuTrigger options.timeout', 1, undefined, 60000],
	['smartConnect limit', 1, undefined, 50],
	['smartConnect runNumber', 0, undefined, 0],
	['smartConnect runNumber', 1, undefined, 1],
	['smartConnect options.parallelRequests', 1, 20, 1],
	['smartConnect options.parallelRequests', 1, 20, 5],
	['smartConnect options.timeout', 1, undefined, 600000],
	['smartConnect options.timeout', 1, undefined, 60000],
	['smartConnectTrigger options.mostItems', 1, undefined, 500],
	['smartConnectTrigger options.timeout', 1, undefined, 60000],
];

test.each(known)('%s', (...bounds) => {
	expect(found).toContainEqual(bounds);
});

test('each has a lowest number, and begins within its bounds', () => {
	const wrong = found.filter(([, lowest, highest = Infinity, first]) => lowest === undefined || Number(first) < lowest || Number(first) > highest);
	expect(wrong).toEqual([]);
	expect(found.length).toBeGreaterThanOrEqual(known.length);
});

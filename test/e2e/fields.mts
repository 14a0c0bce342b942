// The fields of our nodes that n8n fills by asking the node, found in the descriptions: a new one is covered by existing.
import assert from 'node:assert/strict';
import { NodeHelpers, type INodeParameters, type INodeProperties, type INodePropertyCollection, type INodePropertyOptions } from 'n8n-workflow';
import type { LookUpKind } from '../../demo/api.mts';
import { known as entu } from '../../sandbox/entu/seed-known.mts';
import { known as smartConnect } from '../../sandbox/smartconnect/seed.mts';
import type { DescribedNode } from './described.mts';

/** One such field, in one operation that shows it. */
export interface DynamicField {
	node: DescribedNode;
	kind: LookUpKind;
	method: string;
	/** Whether a text narrows what is offered. */
	searchable: boolean;
	/** As people see it. */
	label: string;
	path: string;
	/** As people read it, such as `entity:getAll`. */
	operation: string;
	credentialType: string;
	/** All fields of the panel, so that this one shows. */
	parameters: INodeParameters;
}

const byId = (value: string) => ({ __rl: true, mode: 'id', value });

/** What other fields must say, by node, so that there is something to offer. */
const context: Record<string, INodeParameters> = {
	'n8n-nodes-backoffice.entu': { typeId: byId(entu.typeBook), entityId: byId(entu.book) },
	'n8n-nodes-backoffice.smartConnect': { integrationId: byId(smartConnect.priceList) },
};

/** All of them in a node. */
export function dynamicFields(node: DescribedNode): DynamicField[] {
	return node.properties.flatMap((property) =>
		panelsShowing(node, property).flatMap((parameters) => {
			const operation = `${String(parameters.resource)}:${String(parameters.operation)}`;
			const credentialType = credentialFor(node, parameters);
			return methodsIn(property, `parameters.${property.name}`).map((found) => ({ node, operation, credentialType, parameters, ...found }));
		}),
	);
}

type Found = Pick<DynamicField, 'kind' | 'method' | 'searchable' | 'label' | 'path'>;

/** The methods behind a property, and behind those within it. */
function methodsIn(property: INodeProperties, path: string): Found[] {
	const { typeOptions = {}, modes = [], displayName: label } = property;
	const found: Found[] = [];
	const { loadOptionsMethod, resourceMapper } = typeOptions;
	if (loadOptionsMethod) found.push({ kind: 'options', method: loadOptionsMethod, searchable: false, label, path });
	if (resourceMapper?.resourceMapperMethod) found.push({ kind: 'resource-mapper-fields', method: resourceMapper.resourceMapperMethod, searchable: false, label, path });
	for (const { typeOptions: ofMode } of modes) {
		const { searchListMethod: method, searchable = false } = ofMode ?? {};
		if (method) found.push({ kind: 'resource-locator-results', method, searchable, label, path });
	}
	return [...found, ...(property.options ?? []).flatMap((option) => methodsWithin(option, path))];
}

function methodsWithin(option: INodeProperties | INodePropertyCollection | INodePropertyOptions, path: string): Found[] {
	if ('values' in option) return option.values.flatMap((property) => methodsIn(property, `${path}.${option.name}[0].${property.name}`));
	return 'type' in option ? methodsIn(option, `${path}.${option.name}`) : [];
}

/** The panel of each operation that shows a property, every other field as it is at first. */
function panelsShowing(node: DescribedNode, property: INodeProperties): INodeParameters[] {
	const { operation: operations = [], ...others } = property.displayOptions?.show ?? {};
	if (methodsIn(property, '').length === 0) return [];
	const chosen = Object.fromEntries(Object.entries(others).map(([name, values]) => [name, values?.[0]])) as INodeParameters;
	return operations.map((operation) => {
		const given = { ...context[node.name], ...chosen, operation } as INodeParameters;
		const parameters = NodeHelpers.getNodeParameters(node.properties, given, true, false, { typeVersion: 1 }, node) ?? {};
		const isShown = NodeHelpers.displayParameter(parameters, property, { typeVersion: 1 }, node);
		assert(isShown, `"${property.displayName}" does not show with ${JSON.stringify(chosen)}: say more in test/e2e/fields.mts.`);
		return parameters;
	});
}

function credentialFor(node: DescribedNode, parameters: INodeParameters): string {
	const shown = (node.credentials ?? []).filter(({ displayOptions }) => NodeHelpers.displayParameter(parameters, { displayOptions } as INodeProperties, { typeVersion: 1 }, node));
	assert(shown.length === 1 && shown[0], `${node.displayName} wants ${shown.length} credentials at once.`);
	return shown[0].name;
}

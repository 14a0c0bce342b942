// The fields of our nodes that n8n fills by asking the node, found in the descriptions: a new one is covered by existing.
import assert from 'node:assert/strict';
import { NodeHelpers, type INodeParameters, type INodeProperties, type INodePropertyCollection, type INodePropertyOptions } from 'n8n-workflow';
import type { LookUpKind } from '../../demo/api.mts';
import { known as ento } from '../../sandbox/ento/seed.mts';
import { known as entu } from '../../sandbox/entu/seed-known.mts';
import { known as smartConnect } from '../../sandbox/smartconnect/seed.mts';
import type { DescribedNode } from './described.mts';

/** One such field, in one operation (of a trigger: one event) that shows it. */
export interface DynamicField {
	node: DescribedNode;
	/** Of the node: the newest that shows it. */
	version: number;
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
	'n8n-nodes-backoffice.accutics': { path: byId('/sandbox/items') },
	'n8n-nodes-backoffice.entu': { typeId: byId(entu.typeBook), entityId: byId(entu.book), propertyName: 'name' },
	'n8n-nodes-backoffice.entuTrigger': { typeId: byId(entu.typeBook) },
	'n8n-nodes-backoffice.entuPollingTrigger': { typeId: byId(entu.typeBook) },
	'n8n-nodes-backoffice.smartConnect': { integrationId: byId(smartConnect.priceList) },
};

/** The same for single operations, whose record must be named before its fields can be offered. */
const inOperation: Record<string, INodeParameters> = {
	'n8n-nodes-backoffice.accutics entity:get': { entityId: '1' },
	'n8n-nodes-backoffice.enDocsCloud request:read': { path: '/Output/GetNewInvoices/700/[RequestId]' },
	'n8n-nodes-backoffice.ento employee:get': { employeeId: ento.employee },
	'n8n-nodes-backoffice.ento shift:get': { shiftId: ento.shift },
	'n8n-nodes-backoffice.ento record:get': { path: '/areas', recordId: ento.area },
	'n8n-nodes-backoffice.ento record:getAll': { path: '/areas' },
	'n8n-nodes-backoffice.entu entity:getActivity': { entityId: byId(entu.owner) },
	'n8n-nodes-backoffice.smartConnect integration:getByConnection': { connectionId: byId(smartConnect.connectionCrm) },
	'n8n-nodes-backoffice.smartConnect integration:getByDataSource': { dataSourceId: byId(smartConnect.sourceErp) },
	'n8n-nodes-backoffice.smartConnect run:getErrors': { integrationId: byId(smartConnect.customers), runNumber: 4 },
};

/** All of them in a node. */
export function dynamicFields(node: DescribedNode): DynamicField[] {
	return node.properties.flatMap((property) =>
		panelsShowing(node, property).flatMap(({ parameters, version }) => {
			const operation = [parameters.resource, parameters.operation, parameters.event].filter(Boolean).join(':');
			const credentialType = credentialFor(node, parameters, version);
			return methodsIn(property, `parameters.${property.name}`).map((found) => ({ node, version, operation, credentialType, parameters, ...found }));
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

interface Panel {
	parameters: INodeParameters;
	version: number;
}

/** The panel of each operation, or event, that shows a property, every other field as it is at first. */
function panelsShowing(node: DescribedNode, property: INodeProperties): Panel[] {
	const { operation, event, ...others } = property.displayOptions?.show ?? {};
	if (methodsIn(property, '').length === 0) return [];
	const conditions = Object.entries(others).filter(([name]) => name !== '@version');
	const chosen = Object.fromEntries(conditions.map(([name, values]) => [name, values?.[0]])) as INodeParameters;
	const ways: INodeParameters[] = [...(operation ?? []).map((value) => ({ operation: value })), ...(event ?? []).map((value) => ({ event: value }))] as INodeParameters[];
	return ways.map((way) => {
		const given = { ...context[node.name], ...inOperation[`${node.name} ${String(chosen.resource)}:${String(way.operation)}`], ...chosen, ...way } as INodeParameters;
		const panels = versionsOf(node).map((typeVersion) => ({
			version: typeVersion,
			parameters: NodeHelpers.getNodeParameters(node.properties, given, true, false, { typeVersion }, node) ?? {},
		}));
		const shown = panels.find(({ parameters, version }) => NodeHelpers.displayParameter(parameters, property, { typeVersion: version }, node));
		assert(shown, `"${property.displayName}" does not show with ${JSON.stringify(chosen)}: say more in test/e2e/fields.mts.`);
		return shown;
	});
}

/** Newest first. */
function versionsOf({ version }: DescribedNode): number[] {
	return [version].flat().sort((a, b) => b - a);
}

function credentialFor(node: DescribedNode, parameters: INodeParameters, typeVersion: number): string {
	const shown = (node.credentials ?? []).filter(({ displayOptions }) => NodeHelpers.displayParameter(parameters, { displayOptions } as INodeProperties, { typeVersion }, node));
	assert(shown.length === 1 && shown[0], `${node.displayName} wants ${shown.length} credentials at once.`);
	return shown[0].name;
}

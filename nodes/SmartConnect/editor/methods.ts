import type { IDataObject, INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';

import { listSearch, resourceMapping } from '../../shared/editor/lookUps';
import { outputFieldNames } from '../../shared/editor/outputFields';
import { smartConnect } from '../vendor';
import { getColumns, getConnections, getDataSources, getMapList, getOutputs } from '../wire/api';

export const methods = {
	loadOptions: { getOutputFields: outputFieldNames(smartConnect) },
	listSearch: {
		searchIntegrations: listSearch(smartConnect, async ({ client }, filter) =>
			choices(await getMapList(client), filter, ({ MapKey, MapId, MapDescription }) => ({ name: titled(MapId, MapDescription), value: String(MapKey) })),
		),
		searchConnections: listSearch(smartConnect, async ({ client }, filter) =>
			choices(await getConnections(client), filter, ({ Id, Description, ConnectionType }) => ({
				name: titled(Description, shortType(ConnectionType)),
				value: String(Id),
			})),
		),
		searchDataSources: listSearch(smartConnect, async ({ client }, filter) =>
			choices(await getDataSources(client), filter, ({ Id, Description, Company }) => ({ name: titled(Description, Company), value: String(Id) })),
		),
		searchOutputs: listSearch(smartConnect, async ({ client, text }, filter) => {
			const integration = text('integrationId');
			const outputs = integration === '' ? [] : await getOutputs(client, integration);
			return choices(outputs, filter, ({ outputId, fileName, runNumber }) => ({ name: titled(fileName, `run ${String(runNumber)}`), value: String(outputId) }));
		}),
	},
	resourceMapping: {
		getColumns: resourceMapping(smartConnect, async ({ client, text }) => {
			const integration = text('integrationId');
			const columns = integration === '' ? [] : await getColumns(client, integration);
			return {
				fields: columns.map(({ ColumnName, IsRequired }) => ({
					id: String(ColumnName),
					displayName: String(ColumnName),
					required: IsRequired === true,
					defaultMatch: false,
					canBeUsedToMatch: false,
					display: true,
					type: 'string',
				})),
			};
		}),
	},
};

function choices(
	entries: readonly IDataObject[],
	filter: string,
	toChoice: (entry: IDataObject) => INodeListSearchItems,
): INodeListSearchResult {
	const wanted = filter.toLowerCase();
	const results = entries.map(toChoice).filter(({ name }) => name.toLowerCase().includes(wanted));
	return { results: results.sort((a, b) => a.name.localeCompare(b.name, 'en')) };
}

function titled(title: unknown, more: unknown): string {
	return more && more !== title ? `${String(title)} (${String(more)})` : String(title);
}

/** The last part of the name of a .NET class. */
function shortType(type: unknown): string {
	return String(type ?? '').split('.').at(-1) ?? '';
}

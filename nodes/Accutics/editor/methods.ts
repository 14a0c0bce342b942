import { normalizeBaseUrl } from '../../shared/addresses';
import { fail, refuse } from '../../shared/answer/failure';
import { listSearch, resourceMapping } from '../../shared/editor/lookUps';
import { outputFieldNames } from '../../shared/editor/outputFields';
import { endpointsIn, idFieldFor } from '../values/endpoints';
import { accutics } from '../vendor';
import { readPath } from '../wire/address';
import { sampleColumns } from '../wire/columns';

export const methods = {
	loadOptions: { getOutputFields: outputFieldNames(accutics) },
	listSearch: {
		searchEndpoints: listSearch(accutics, async ({ client }, filter) => {
			const endpoints = endpointsIn(client.setting('endpoints'));
			if (endpoints.length === 0) refuse('Endpoint', 'The credential names no endpoints', "Open the credential and fill in 'Endpoints', or choose 'By Path' here");
			const wanted = filter.toLowerCase();
			const found = endpoints.filter(({ name, path }) => `${name} ${path}`.toLowerCase().includes(wanted));
			return { results: found.map(({ name, path }) => ({ name, value: path })) };
		}),
	},
	resourceMapping: {
		getColumns: resourceMapping(accutics, async ({ client, text }) => {
			const entered = text('path');
			if (entered === '') return { fields: [] };
			const { path } = readPath('Endpoint', entered, normalizeBaseUrl(client.setting('baseUrl')));
			const columns = await sampleColumns(client, path);
			if (columns.length === 0) {
				fail({ reason: 'not found', message: 'This endpoint has no entity yet to take columns from', fix: "Choose 'Fields by Name' or 'JSON' in 'Input'" });
			}
			const idField = idFieldFor(endpointsIn(client.setting('endpoints')), path);
			return {
				fields: columns.map(({ name, type }) => ({
					id: name,
					displayName: name,
					required: false,
					defaultMatch: false,
					canBeUsedToMatch: false,
					display: true,
					// The service gives IDs by itself: there to be added, not shown at first.
					removed: name === idField,
					type,
				})),
			};
		}),
	},
};

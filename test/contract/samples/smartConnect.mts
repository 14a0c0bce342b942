import { consultant, known } from '../../../sandbox/smartconnect/seed.mts';
import type { NodeSamples, OperationSample } from './sample.mts';

const byId = (parameter: string) => ({ [parameter]: { __rl: true, mode: 'id', value: '={{ $json.id }}' } });
const onIntegrations = (parameters = {}): OperationSample => ({
	parameters: { ...byId('integrationId'), ...parameters },
	items: [{ id: known.customers }, { id: known.stock }, { id: known.priceList }],
	bad: { id: known.missing },
	ids: ['id'],
});

export const smartConnect: NodeSamples = {
	service: 'smartconnect',
	credentialType: 'smartConnectApi',
	common: { authentication: 'webService' },
	credential: (url) => ({
		apiUrl: `${url}/smartconnect/API`,
		loginUrl: `${url}/smartconnect/login`,
		customerId: known.companyA,
		...consultant,
	}),
	secrets: [consultant.password, encodeURIComponent(consultant.password), consultant.email, encodeURIComponent(consultant.email)],
	sessions: true,
	revealing: ['token:get'],
	operations: {
		'integration:getAll': { list: { total: 6, idOf: ({ MapKey }) => MapKey } },
		'integration:getByConnection': {
			parameters: byId('connectionId'),
			items: [{ id: known.connectionCrm }, { id: known.connectionShop }, { id: known.connectionCrm }],
			bad: { id: 'CRM' },
			ids: ['id'],
			list: { total: 4, idOf: ({ mapId }) => mapId, empty: { item: { id: known.connectionUnused } } },
		},
		'integration:getByDataSource': {
			parameters: byId('dataSourceId'),
			items: [{ id: known.sourceErp }, { id: known.sourceFile }, { id: known.sourceErp }],
			bad: { id: '' },
			ids: ['id'],
			list: { total: 4, idOf: ({ Id }) => Id, empty: { item: { id: known.sourceUnused } } },
		},
		'integration:getColumns': onIntegrations(),
		'integration:getSourceData': {
			...onIntegrations(),
			stable: [],
			list: { total: 12, idOf: ({ No }) => No, empty: { item: { id: known.empty } } },
		},
		'integration:run': { ...onIntegrations(), once: true },
		'integration:runWithData': {
			parameters: {
				integrationId: { __rl: true, mode: 'id', value: known.customers },
				runFor: 'each',
				columns: { mappingMode: 'autoMapInputData', value: null },
			},
			items: [{ No: '1', Name: 'One' }, { No: '2', Name: 'Two' }, { No: '3', Name: 'Three' }],
			bad: { No: '4', Name: 'Bad name' },
			once: true,
		},
		'run:getAll': {
			...onIntegrations(),
			list: { total: 10, idOf: ({ RunNumber }) => RunNumber, empty: { item: { id: known.empty } } },
		},
		'run:getErrors': {
			stable: [],
			parameters: { ...byId('integrationId'), runNumber: '={{ $json.run }}' },
			items: [{ id: known.customers, run: 4 }, { id: known.stock, run: 2 }, { id: known.customers, run: 8 }],
			bad: { id: known.customers, run: 99 },
			ids: ['id'],
		},
		'output:getAll': {
			parameters: byId('integrationId'),
			items: [{ id: known.priceList }, { id: known.priceList }, { id: known.priceList }],
			bad: { id: known.foreign },
			ids: ['id'],
			list: { total: 3, idOf: ({ outputId }) => outputId, empty: { item: { id: known.empty } } },
		},
		'output:download': {
			parameters: { integrationId: { __rl: true, mode: 'id', value: known.priceList }, outputId: { __rl: true, mode: 'id', value: '={{ $json.id }}' } },
			// Nobody tells the size of a file, so that one which was cut looks whole.
			harmless: ['a body that is cut'],
			items: [{ id: known.outputs[0] }, { id: known.outputs[1] }, { id: known.outputs[2] }],
			bad: { id: known.missing },
			ids: ['id'],
		},
		'connection:getAll': { list: { total: 3, idOf: ({ Id }) => Id } },
		'dataSource:getAll': { list: { total: 3, idOf: ({ Id }) => Id } },
		'company:getAll': { list: { total: 2, idOf: ({ Id }) => Id }, sessionless: true },
		'token:get': { parameters: { customerId: '={{ $json.id ?? "" }}' }, items: [{}, { id: known.companyA }, { id: known.companyB }], bad: { id: known.missing }, volatile: true, sessionless: true },
		// It tells that the token is over, in place of renewing it.
		'token:validate': { sessionless: true },
	},
};

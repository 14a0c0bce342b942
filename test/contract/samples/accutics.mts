import { editorToken } from '../../../sandbox/accutics/seed.mts';
import type { NodeSamples, OperationSample } from './sample.mts';

const path = '/sandbox/items';
const missing = '99999';
const onItems = (parameters = {}): OperationSample => ({
	parameters: { path, entityId: '={{ $json.id }}', ...parameters },
	items: [{ id: 1 }, { id: 2 }, { id: 3 }],
	bad: { id: missing },
	ids: ['id'],
});
const onPaths: OperationSample = {
	parameters: { path: '={{ $json.path }}' },
	items: [{ path }, { path: '/sandbox/groups' }, { path: 'sandbox/options' }],
	bad: { path: 'https://elsewhere.example/sandbox/items' },
};
const json = (value: string) => ({ bodyMode: 'json', bodyJson: value });

export const accutics: NodeSamples = {
	service: 'accutics',
	credentialType: 'accuticsApi',
	credential: (url) => ({ baseUrl: `${url}/accutics`, token: editorToken }),
	secrets: [editorToken],
	operations: {
		'entity:getAll': {
			...onPaths,
			stable: [],
			list: {
				total: 245,
				all: { path },
				idOf: ({ id }) => id,
				smallPages: { options: { pageSize: 40 } },
				empty: { parameters: { path, queryParameters: { parameter: [{ name: 'status', value: 'nowhere' }] } } },
			},
		},
		'entity:get': { ...onItems(), stable: [] },
		'entity:create': {
			parameters: { path, ...json('={{ JSON.stringify({ title: $json.title, market: "NL" }) }}') },
			items: [{ title: 'One' }, { title: 'Two' }, { title: 'Three' }],
			bad: { title: '' },
		},
		'entity:update': onItems(json('{ "status": "archived" }')),
		// What is gone is answered with nothing, which can't be cut either.
		'entity:delete': { ...onItems(), harmless: ['an empty body', 'a body that is cut'] },
		'entity:count': onPaths,
		'account:check': { stable: ['setting', 'value', 'evidence'], tells: true },
		'request:send': {
			parameters: { method: 'POST', path: '={{ $json.path }}', ...json('{ "title": "Sent", "abbreviation": "SN", "label": "Sent" }') },
			items: [{ path }, { path: '/sandbox/groups' }, { path: '/sandbox/options' }],
			bad: { path: '/sandbox/../sandbox/items' },
		},
	},
};

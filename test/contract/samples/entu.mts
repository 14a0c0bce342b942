import { known, ownerKey } from '../../../sandbox/entu/seed.mts';
import type { NodeSamples, OperationSample } from './sample.mts';

const byId = (parameter: string, key = 'id') => ({ [parameter]: { __rl: true, mode: 'id', value: `={{ $json.${key} }}` } });
const book = { __rl: true, mode: 'id', value: known.typeBook };
const missing = 'ffffffffffffffffffffffff';
const three = [{ id: known.book }, { id: known.domainEntity }, { id: known.editableEntity }] as const;
const onEntities = (parameters = {}): OperationSample => ({
	parameters: { ...byId('entityId'), ...parameters },
	items: three,
	bad: { id: missing },
	ids: ['id'],
});
const onValue = (parameter: string, id: string, more = {}): OperationSample => ({
	parameters: { [parameter]: '={{ $json.id }}', ...more },
	items: [{ id }, { id }, { id }],
	bad: { id: missing },
	ids: ['id'],
});
const json = (value: string) => ({ propertiesMode: 'json', propertiesJson: value });

/** Every entity has these; its other properties are those of its type. */
const stable = ['_id', '_type', 'name', '_parent', '_sharing', '_created'];

export const entu: NodeSamples = {
	service: 'entu',
	credentialType: 'entuApi',
	credential: (url) => ({ baseUrl: `${url}/entu`, database: known.database, apiKey: ownerKey }),
	secrets: [ownerKey],
	sessions: true,
	revealing: ['token:get'],
	operations: {
		'entity:getAll': {
			parameters: { typeId: { __rl: true, mode: 'id', value: '={{ $json.type }}' } },
			items: [{ type: known.typeBook }, { type: known.typeAuthor }, { type: known.typePerson }],
			bad: { type: 'book' },
			stable,
			list: {
				total: 5173,
				all: { typeId: { __rl: true, mode: 'id', value: '' } },
				idOf: ({ _id }) => _id,
				smallPages: { options: { pageSize: 100 } },
				empty: { parameters: { search: 'nothing is called like this' } },
			},
		},
		'entity:get': { ...onEntities(), stable },
		'entity:create': {
			parameters: { typeId: book, ...json('={{ JSON.stringify({ name: $json.name, pages: $json.pages }) }}') },
			items: [{ name: 'One', pages: 1 }, { name: 'Two', pages: 2 }, { name: 'Three', pages: 3 }],
			bad: { name: 'Four', pages: 'many' },
		},
		'entity:update': onEntities({ typeId: book, ...json('{ "pages": 99 }') }),
		'entity:upsert': {
			parameters: { typeId: book, matchBy: 'isbn', ...json('={{ JSON.stringify({ name: $json.name, isbn: $json.isbn }) }}') },
			items: [
				{ name: 'The Hobbit again', isbn: '978-0-261-10221-7' },
				{ name: 'A new one', isbn: '978-9-99-000001-1' },
				{ name: 'Another', isbn: '978-9-99-000002-2' },
			],
			bad: { name: 'Without a number' },
		},
		'entity:delete': onEntities(),
		'entity:duplicate': onEntities(),
		'entity:getHistory': onEntities(),
		'entity:getActivity': { ...onEntities({ limit: 5 }), items: [{ id: known.owner }, { id: known.owner }, { id: known.owner }], laterOnly: true },
		'entity:recalculate': onEntities(),
		'entity:count': {
			parameters: { typeId: { __rl: true, mode: 'id', value: '={{ $json.type }}' } },
			items: [{ type: known.typeBook }, { type: known.typeAuthor }, { type: known.typePerson }],
			bad: { type: 'book' },
		},
		'property:add': onEntities({ propertyName: 'tags', value: 'checked' }),
		'property:get': onValue('valueId', known.photoValue),
		'property:replace': replaceable(),
		'property:delete': deletable('valueId'),
		'file:upload': {
			...onEntities({ propertyName: 'photo' }),
			file: { name: 'Tõend.txt', type: 'text/plain', content: 'a small file' },
		},
		'file:download': onValue('fileId', known.photoValue, { fileBy: 'id' }),
		'file:getThumbnail': { ...onValue('fileId', known.photoValue), parameters: { thumbnailOf: 'file', fileId: '={{ $json.id }}', ...byId('entityId') } },
		'file:delete': deletable('fileId'),
		'access:get': onEntities(),
		'access:grant': onEntities({ personId: { __rl: true, mode: 'id', value: known.person }, right: 'viewer' }),
		'access:revoke': {
			...onEntities({ personId: { __rl: true, mode: 'id', value: known.user } }),
			items: [{ id: known.editableEntity }, { id: known.folder }, { id: known.user }],
		},
		'access:setSharing': onEntities({ sharing: 'public' }),
		'access:setInheritance': onEntities({ inheritRights: true }),
		'entityType:getAll': { list: { total: 10, idOf: ({ _id }) => _id } },
		'entityType:get': {
			parameters: byId('typeId'),
			items: [{ id: known.typeBook }, { id: known.typeAuthor }, { id: known.typePerson }],
			bad: { id: missing },
			ids: ['id'],
		},
		'database:get': {},
		'token:get': { volatile: true },
	},
};

/** One value each that may be replaced or deleted: see the values with well-known ids in the sandbox's seed. */
function replaceable(): OperationSample {
	return {
		parameters: { valueBy: 'id', valueId: '={{ $json.id }}', value: 'replaced' },
		items: [{ id: known.tagValues[0] }, { id: known.tagValues[1] }, { id: known.tagValues[2] }],
		bad: { id: missing },
		ids: ['id'],
	};
}

function deletable(parameter: string): OperationSample {
	const ids = parameter === 'fileId' ? known.fileValues : known.tagValues;
	const by = parameter === 'fileId' ? { fileBy: 'id' } : { valueBy: 'id' };
	return { parameters: { [parameter]: '={{ $json.id }}', ...by }, items: [{ id: ids[0] }, { id: ids[1] }, { id: ids[2] }], bad: { id: missing }, ids: ['id'] };
}

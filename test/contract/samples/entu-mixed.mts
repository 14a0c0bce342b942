import { known } from '../../../sandbox/entu/seed-known.mts';
import { mixed, mixedOwnerKey } from '../../../sandbox/entu/seed-mixed-known.mts';
import { entu } from './entu.mts';
import type { NodeSamples, OperationSample } from './sample.mts';

const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const missing = { id: 'f'.repeat(24) };
/** A new item by its name alone takes all defaults; emoji and odd values stand in what is read. */
const three = [{ id: mixed.publicItem }, { id: mixed.nameIds[0] }, { id: mixed.loose }] as const;
const types = [{ type: mixed.typeItem }, { type: mixed.typeBox }, { type: mixed.typeCalc }] as const;
const ofType = { typeId: byId('={{ $json.type }}') };
const onItems = (parameters = {}): OperationSample => ({
	parameters: { entityId: byId('={{ $json.id }}'), ...parameters },
	items: three,
	bad: missing,
	ids: ['id'],
});
const item = { typeId: byId(mixed.typeItem), propertiesMode: 'json' };

/** July's servers have no mirrors. */
const total = process.env.ENTU_GENERATION === 'july' ? 389 : 390;

/** The Entu node on the second database, which has what the museum lacks. Operations on single values and files are the same there. */
export const entuMixed: NodeSamples = {
	...entu,
	credential: (url) => ({ baseUrl: `${url}/entu`, database: mixed.database, apiKey: mixedOwnerKey }),
	secrets: [mixedOwnerKey],
	operations: {
		'entity:getAll': {
			parameters: ofType,
			items: types,
			bad: { type: 'item' },
			list: {
				total,
				all: { typeId: byId('') },
				idOf: ({ _id }) => _id,
				smallPages: { options: { pageSize: 100 } },
				empty: { parameters: { search: 'nothing is called like this' } },
			},
		},
		'entity:get': onItems(),
		'entity:create': {
			parameters: { ...item, propertiesJson: '={{ JSON.stringify({ name: $json.name, amount: $json.amount }) }}' },
			items: [{ name: '🦊', amount: 1 }, { name: ' blanks ', amount: 0 }, { name: 'Tamm, Mari; jr', amount: -0.5 }],
			bad: { name: 'Four', amount: 'many' },
		},
		'entity:update': onItems({ ...item, propertiesJson: '{ "rank": 99 }' }),
		'entity:upsert': {
			parameters: { ...item, matchBy: 'barcode', propertiesJson: '={{ JSON.stringify({ name: $json.name, barcode: $json.barcode }) }}' },
			items: [
				{ name: 'Known', barcode: '0012345678905' },
				{ name: 'New', barcode: '00999' },
				{ name: 'Newer', barcode: '00998' },
			],
			bad: { name: 'Without a number' },
		},
		'entity:delete': onItems(),
		'entity:duplicate': onItems(),
		'entity:getHistory': onItems(),
		'entity:recalculate': onItems(),
		'entity:count': { parameters: ofType, items: types, bad: { type: 'item' } },
		'property:add': onItems({ propertyName: 'colour', value: 'checked' }),
		'access:get': onItems(),
		'access:grant': onItems({ personId: byId(known.person), right: 'viewer' }),
		'access:setSharing': onItems({ sharing: 'public' }),
		'access:setInheritance': onItems({ inheritRights: true }),
		'entityType:getAll': { list: { total: 12, idOf: ({ _id }) => _id } },
		'entityType:get': {
			parameters: { typeId: byId('={{ $json.id }}') },
			items: [{ id: mixed.typeItem }, { id: mixed.typeCalc }, { id: mixed.typeBroken }],
			bad: missing,
			ids: ['id'],
		},
		'database:get': {},
	},
};

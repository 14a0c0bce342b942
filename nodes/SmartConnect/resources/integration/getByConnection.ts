import type { IDataObject } from 'n8n-workflow';

import { returnAllOrLimit } from '../../../shared/editor/fields';
import { isRecord } from '../../../shared/guards';
import type { Call } from '../../../shared/operation/call';
import { defineOperation } from '../../../shared/operation/operation';
import { connectionLocator } from '../../editor/fields';
import { NO_ID, requiredId } from '../../values/ids';
import { getMapList, listed, toList } from '../../wire/api';
import { WEB_SERVICE } from '../../wire/names';

export const getByConnection = defineOperation({
	name: 'Get Many by Connection',
	value: 'getByConnection',
	action: 'Get integrations that write to connection',
	description: 'Retrieve the integrations whose target uses a connection',
	effect: 'read',
	simplifies: true,
	authentications: [WEB_SERVICE],
	fields: [connectionLocator, ...returnAllOrLimit()],
	run: async (call) => {
		const query = { connectionId: requiredId(call, 'connectionId') };
		const body = await call.client.send({ path: '/GetProcessesByConnection', query });
		const found = toList(isRecord(body) ? body.Items : undefined, 'mapId').slice(0, call.wanted());
		return listed(call, call.isSimplified ? await simplified(call, found) : found);
	},
});

const KEPT = ['mapId', 'mapDescription', 'connectionType', 'destinationType', 'storesErrors', 'isOutputProcess', 'mapKey', 'connectionId'];

/** The flat fields. The key may come as zeros, and is then looked up by the name (smartconnect.md §3.2). */
async function simplified(call: Call, found: readonly IDataObject[]): Promise<IDataObject[]> {
	const keys = found.some(({ mapKey }) => mapKey === NO_ID) ? await keysByName(call) : new Map<unknown, unknown>();
	const keyless = found.filter(({ mapKey, mapId }) => mapKey === NO_ID && !keys.has(mapId)).map(({ mapId }) => String(mapId));
	if (keyless.length > 0) call.note(`SmartConnect names no key of ${keyless.join(', ')}: the list of integrations does not have them. Their mapKey of zeros can't be used.`);
	return found.map((entry) => {
		const kept = Object.fromEntries(KEPT.filter((key) => key in entry).map((key) => [key, entry[key]]));
		const known = entry.mapKey === NO_ID ? keys.get(entry.mapId) : undefined;
		return known === undefined ? kept : { ...kept, mapKey: String(known) };
	});
}

async function keysByName(call: Call): Promise<Map<unknown, unknown>> {
	const integrations = await call.shared('integrations', async () => await getMapList(call.client));
	return new Map(integrations.map(({ MapId, MapKey }) => [MapId, MapKey]));
}

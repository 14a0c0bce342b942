import type { IDataObject } from 'n8n-workflow';

import { returnAllOrLimit } from '../../../shared/editor/fields';
import type { Call } from '../../../shared/operation/call';
import { defineOperation } from '../../../shared/operation/operation';
import { json } from '../../../shared/service/request';
import { integrationLocator, variables, variablesFormat } from '../../editor/fields';
import { rowsOf } from '../../rows/rows';
import { givenVariables, variablesBody } from '../../rows/variables';
import { faultOf, type XmlElement } from '../../rows/xml';
import { RUN_TIMEOUT_MS } from '../../runs';
import { requiredId } from '../../values/ids';
import { listed, wrongShape } from '../../wire/api';
import { WEB_SERVICE, XML } from '../../wire/names';

export const getSourceData = defineOperation({
	name: 'Get Source Data',
	value: 'getSourceData',
	action: 'Get source rows of integration',
	description: 'Retrieve the rows that an integration reads from its source, live',
	effect: 'read',
	authentications: [WEB_SERVICE],
	timeoutMs: RUN_TIMEOUT_MS,
	fields: [integrationLocator, variables, ...returnAllOrLimit()],
	options: [variablesFormat],
	run: async (call) => {
		const mapKey = requiredId(call, 'integrationId');
		const given = givenVariables(call);
		const table = await call.client.send({
			method: 'POST',
			path: given.length > 0 ? '/GetAllDataWithVariables' : '/GetAllData',
			query: { mapKey },
			headers: { Accept: XML },
			body: given.length > 0 ? json(variablesBody(call, given)) : undefined,
			effect: 'read',
		});
		return listed(call, await readRows(call, table as XmlElement));
	},
});

async function readRows(call: Call, table: XmlElement): Promise<IDataObject[]> {
	try {
		return await call.inSlices(rowsOf(table));
	} catch (error) {
		return wrongShape(`a data table was expected, but ${faultOf(error)}`);
	}
}

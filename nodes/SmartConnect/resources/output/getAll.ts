import type { INodeProperties } from 'n8n-workflow';

import { returnAllOrLimit } from '../../../shared/editor/fields';
import { defineOperation } from '../../../shared/operation/operation';
import { integrationLocator } from '../../editor/fields';
import { optionalRunNumber, requiredId } from '../../values/ids';
import { getOutputs, listed } from '../../wire/api';
import { WEB_SERVICE } from '../../wire/names';
import { withoutLink } from './link';

const runNumber: INodeProperties = {
	displayName: 'Run Number',
	name: 'runNumber',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 0,
	description: 'Only files of this run; 0 for those of all runs',
};

const includeLink: INodeProperties = {
	displayName: 'Include Download Link',
	name: 'includeLink',
	type: 'boolean',
	default: false,
	description: 'Whether to return the download link too. It holds the token, so anyone who sees it can use the web service.',
};

export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many output files of runs',
	description: 'Retrieve the files that runs of an integration have left',
	effect: 'read',
	authentications: [WEB_SERVICE],
	fields: [integrationLocator, runNumber, ...returnAllOrLimit()],
	options: [includeLink],
	run: async (call) => {
		const outputs = await getOutputs(call.client, requiredId(call, 'integrationId'), optionalRunNumber(call));
		return listed(call, call.flag('options.includeLink') ? outputs : outputs.map(withoutLink));
	},
});

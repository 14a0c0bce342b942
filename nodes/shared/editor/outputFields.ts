import type { IExecuteFunctions, ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { Call, type Execution } from '../operation/call';
import { choosesFields, type Operation, type Vendor } from '../operation/operation';
import { readParameter } from '../operation/readParameter';
import { fieldsOf } from '../operation/shape';
import type { Client } from '../service/client';
import { runAlone } from '../service/run';
import { inOneText, lookUp } from './lookUps';

/** So many records are looked at. */
const SAMPLE = 20;
/** What the operation is asked for, whatever stands in the panel. */
const ASKED = new Map<string, unknown>([['returnAll', false], ['limit', SAMPLE], ['output', 'selectedFields']]);

/** The fields to choose from for 'Selected Fields': those of the first records that the chosen operation finds. */
export function outputFieldNames(vendor: Vendor): (this: ILoadOptionsFunctions) => Promise<INodePropertyOptions[]> {
	return async function () {
		return await lookUp(this, vendor, async ({ client, text }) => {
			const resource = vendor.resources.find(({ value }) => value === text('resource'));
			const operation = resource?.operations.find(({ value }) => value === text('operation'));
			if (!operation || !choosesFields(operation)) return [];
			const ready = await operation.prepare(sampleCall(this, client, operation));
			const found = await operation.carryOut([ready]);
			return fieldsOf(found.slice(0, SAMPLE).map(({ json }) => json)).map((name) => ({ name, value: name }));
		}, inOneText);
	};
}

function sampleCall(context: ILoadOptionsFunctions, client: Client, operation: Operation): Call {
	const execution: Execution = {
		...runAlone(1),
		items: [],
		parameter: (name, _item, fallback) => (ASKED.has(name) ? ASKED.get(name) : readParameter(context, name, fallback)),
		properties: [...operation.fields, ...(operation.options ?? [])],
		parallel: 1,
		shared: new Map(),
		notes: new Set(),
	};
	// Of what the editor lacks, operations that read records use nothing: files alone need it.
	return new Call(context as unknown as IExecuteFunctions, execution, client, 0);
}

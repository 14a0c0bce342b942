import type { IDataObject } from 'n8n-workflow';

import { unexpectedAnswer } from '../../shared/answer/outcome';
import { isRecord } from '../../shared/guards';
import type { Call } from '../../shared/operation/call';
import type { Output } from '../../shared/operation/output';
import type { Client } from '../../shared/service/client';
import { CHECK_ADDRESS, SERVICE } from './names';

/** Stops the item because the answer has another form than that of the call. */
export function wrongShape(expected: string): never {
	return unexpectedAnswer(SERVICE, expected, CHECK_ADDRESS);
}

interface List {
	readonly method?: 'POST';
	readonly path: string;
	readonly query?: IDataObject;
	/** A key that every entry has. */
	readonly key: string;
}

/** A list of the web service; none is paged (smartconnect.md §2.3). */
export async function getList(client: Client, { method, path, query, key }: List): Promise<IDataObject[]> {
	return toList(await client.send({ method, path, query, effect: 'read' }), key);
}

/** Entries that all have a certain key, or the item fails. */
export function toList(body: unknown, key: string): IDataObject[] {
	const isEntry = (entry: unknown): entry is IDataObject => isRecord(entry) && key in entry;
	if (!Array.isArray(body) || !body.every(isEntry)) return wrongShape(`a list of entries with "${key}" was expected`);
	return body;
}

/** The integrations that can be run, without real-time ones (smartconnect.md §3.2). */
export async function getMapList(client: Client): Promise<IDataObject[]> {
	return await getList(client, { method: 'POST', path: '/GetMapList', key: 'MapKey' });
}

export async function getConnections(client: Client): Promise<IDataObject[]> {
	return await getList(client, { path: '/GetConnections', key: 'Id' });
}

export async function getDataSources(client: Client): Promise<IDataObject[]> {
	return await getList(client, { path: '/GetDataSources', key: 'Id' });
}

/** The columns that an integration reads; of `mapped` ones, those that go to its target. */
export async function getColumns(client: Client, mapKey: string, which: 'all' | 'mapped' = 'all'): Promise<IDataObject[]> {
	const path = which === 'mapped' ? '/GetMappedMapColumns' : '/GetMapColumns';
	return await getList(client, { method: 'POST', path, query: { mapKey }, key: 'ColumnName' });
}

/** The last runs of an integration, at most ten (smartconnect.md §3.5). */
export async function getHistory(client: Client, processId: string): Promise<IDataObject[]> {
	return await getList(client, { path: '/GetHistoryForProcess', query: { processId }, key: 'RunNumber' });
}

/** The rows that a run has rejected, as the service sends them (smartconnect.md §3.5). */
export async function getErrorsOfRun(client: Client, processId: string, runNumber: number): Promise<IDataObject> {
	const body = await client.send({ path: '/GetErrorsForProcessRun', query: { processId, runNumber } });
	return isRecord(body) && Array.isArray(body.runTenants) ? body : wrongShape('the rejected rows of a run were expected');
}

/** Files that runs of an integration have left; `outputUri` in them holds a token. */
export async function getOutputs(client: Client, processId: string, runNumber?: number): Promise<IDataObject[]> {
	const query = { processId, ...(runNumber === undefined ? {} : { runNumber }) };
	return await getList(client, { path: '/GetOutputsForProcess', query, key: 'outputId' });
}

/** As many entries as the user wants. */
export function listed(call: Call, entries: readonly IDataObject[]): Output[] {
	return entries.slice(0, call.wanted()).map((json) => ({ json }));
}

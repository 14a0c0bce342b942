/** How each event of the triggers is watched, and made to happen in the sandbox. An event without a sample fails the contract tests. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { Control } from '../../../sandbox/client.mts';
import { known as ento } from '../../../sandbox/ento/seed.mts';
import { known as entu } from '../../../sandbox/entu/seed-known.mts';
import { known as smartConnect } from '../../../sandbox/smartconnect/seed.mts';
import { samples } from './index.mts';
import type { NodeSamples } from './sample.mts';

export interface EventSample {
	readonly parameters?: INodeParameters;
	/** Other parameters, which watch something else. */
	readonly other: INodeParameters;
	/** Makes it happen, each time to another record. @param n counts the times, from 0 */
	readonly happen: (control: Control, n: number) => Promise<IDataObject>;
	/** What tells what has happened, and what came out of the trigger. */
	readonly idOf: (row: IDataObject) => unknown;
	/** Requests of a poll that finds nothing new. */
	readonly quietRequests: number;
}

const byId = (value: string): INodeParameters[string] => ({ __rl: true, mode: 'id', value });

const happens = (service: string, what: string, ids: readonly string[] = []) => async (control: Control, n: number) =>
	(await control.happen(service, what, ids.length > 0 ? { id: ids[n] } : {})) as IDataObject;

const run = (what: string): EventSample => ({
	parameters: { integrationId: byId(smartConnect.customers) },
	other: { integrationId: byId(smartConnect.invoices) },
	happen: happens('smartconnect', what),
	idOf: ({ RunNumber, runNumber }) => RunNumber ?? runNumber,
	quietRequests: 1,
});

const id = ({ id: value }: IDataObject) => value;
const inState = { documentType: 14, documentKindId: '31', state: 'Согласовано' };

/** The shifts of tomorrow. */
const shifts = Array.from({ length: 6 }, (_, n) => String(Number(ento.shift) + 6 + n));
const shift = (what: string, ids: readonly string[] = []): EventSample => ({
	parameters: { daysBack: 1, daysAhead: 7 },
	other: { daysBack: 0, daysAhead: 7 },
	happen: happens('ento', what, ids),
	idOf: id,
	quietRequests: 1,
});
const employees = ['ST1001', 'ST1002', 'ST1003', 'ST1004', 'ST1005', 'ST1006'];
const employee = (what: string, ids: readonly string[] = []): EventSample => ({
	other: { options: { additionalQuery: { entries: [{ name: 'status', value: 'active' }] } } },
	happen: happens('ento', what, ids),
	idOf: id,
	quietRequests: 1,
});

const items = ['1', '2', '3', '4', '5', '6'];
const item = (what: string, ids: readonly string[] = []): EventSample => ({
	parameters: { path: '/sandbox/items', idField: 'id' },
	other: { path: '/sandbox/items', idField: 'id', queryParameters: { parameter: [{ name: 'status', value: 'open' }] } },
	happen: happens('accutics', what, ids),
	idOf: ({ id: value }) => String(value),
	// 245 items in pages of 100.
	quietRequests: 3,
});

const books = [entu.book, entu.privateEntity, entu.domainEntity, entu.publicEntity, entu.editableEntity, entu.inheritingEntity];
const book = (what: string, ids: readonly string[] = []): EventSample => ({
	parameters: { typeId: byId(entu.typeBook) },
	other: { typeId: byId(entu.typeAuthor) },
	happen: happens('entu', what, ids),
	idOf: ({ _id }) => _id,
	quietRequests: 1,
});
const people = [entu.person, entu.user, entu.owner];

/** By node and value of the event. */
export const eventSamples: Readonly<Record<string, { readonly samples: NodeSamples; readonly events: Readonly<Record<string, EventSample>> }>> = {
	smartConnectTrigger: {
		samples: samples.smartConnect as NodeSamples,
		events: { runCompleted: run('succeed'), runFailed: run('fail'), runSucceeded: run('succeed') },
	},
	enDocsCloudTrigger: {
		samples: samples.enDocsCloud as NodeSamples,
		events: {
			newInvoice: { other: { options: { rereadFromStart: true } }, happen: happens('endocs', 'invoice'), idOf: id, quietRequests: 1 },
			newContract: { other: { options: { rereadFromStart: true } }, happen: happens('endocs', 'contract'), idOf: id, quietRequests: 1 },
			documentInState: { parameters: inState, other: { ...inState, state: 'Оплачено' }, happen: happens('endocs', 'approve'), idOf: id, quietRequests: 2 },
		},
	},
	entoTrigger: {
		samples: samples.ento as NodeSamples,
		events: {
			shiftUnassigned: shift('freeShift'),
			shiftCreated: shift('addShift'),
			shiftChanged: shift('changeShift', shifts),
			shiftRemoved: shift('removeShift', shifts),
			shiftCreatedOrChanged: shift('changeShift', shifts),
			employeeCreated: employee('addEmployee'),
			employeeChanged: employee('changeEmployee', employees),
			employeeDeleted: employee('deleteEmployee'),
		},
	},
	accuticsTrigger: {
		samples: samples.accutics as NodeSamples,
		events: { entityCreated: item('create'), entityChanged: item('change', items), entityRemoved: item('remove') },
	},
	entuPollingTrigger: {
		samples: samples.entu as NodeSamples,
		events: {
			entityCreated: book('create'),
			entityUpdated: { ...book('update', people), parameters: { typeId: byId(entu.typePerson) } },
			// The IDs of more than 3,000 books, in pages of 1,000.
			entityDeleted: { ...book('remove', books), quietRequests: 4 },
		},
	},
};


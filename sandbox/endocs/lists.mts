import type { Request, Response } from 'express';
import { EndocsError } from './answers.mts';
import { INVOICES, type Doc } from './model.mts';
import type { State } from './state.mts';

const CONTRACT_KEYS = ['docNumber', 'docDate', 'contractor', 'organization'];
const INVOICE_KEYS = ['source', 'docNumber', 'docDate', 'vat', 'amountToPay', 'amountWOVAT', 'currency', 'operation'];

/** `GET /Output/GetNewContracts/{DocId}/{RequestId}` (§3.2). */
export function newContracts(state: State, req: Request, res: Response): void {
	const found = state.contracts().filter((document) => isNew(state, document));
	sendList(state, res, after(state, found, numberOf(req, 'docId')), (document) => show(document, CONTRACT_KEYS));
}

/** `GET /Output/GetNewInvoices/{DocId}/{RequestId}` (§3.3). assumed: outgoing and unapproved invoices are among them. */
export function newInvoices(state: State, req: Request, res: Response): void {
	const found = state.ofTypes(INVOICES).filter((document) => isNew(state, document));
	sendList(state, res, after(state, found, numberOf(req, 'docId')), (document) => ({
		...show(document, INVOICE_KEYS),
		state: document.state,
		...pick(document.fields, ['employee', 'department', 'contractor', 'organization']),
	}));
}

/** `GET /Output/GetMetaByTypeAndState/{DocId}/{DoctypeId}/{DockindId}/{State}/{RequestId}` (§3.4). */
export function byTypeAndState(state: State, req: Request, res: Response): void {
	const [docId, typeId, kindId] = [numberOf(req, 'docId'), numberOf(req, 'typeId'), numberOf(req, 'kindId')];
	const isAnyKind = kindId === 0 && state.settings.kindZero === 'all';
	const found = state.ofTypes([typeId]).filter((document) => (isAnyKind || document.dockindId === kindId) && document.state === req.params.state);
	const wanted = state.settings.literalDocId ? found.filter(({ id }) => id === docId) : after(state, found, docId);
	sendList(state, res, wanted, (document) => ({
		id: document.id,
		dockindId: document.dockindId,
		state: document.state,
		...document.fields,
	}));
}

function numberOf(req: Request, name: string): number {
	const text = String(req.params[name]);
	if (/^\d+$/.test(text)) return Number(text);
	throw new EndocsError(400, `Field ${name} is not a number`); // assumed: the wording
}

/** What follows the document that was loaded last. assumed: in the order of the ids, and none left out (A9). */
function after({ settings }: State, documents: Doc[], docId: number): Doc[] {
	const left = documents.filter(({ id }) => settings.ignoreCursor || id > docId).sort((a, b) => a.id - b.id);
	const given = left.slice(0, settings.listCap ?? left.length);
	return settings.listOrder === 'descending' ? given.reverse() : given;
}

function isNew({ settings }: State, { fields }: Doc): boolean {
	return !settings.hideWritten || fields.ext_ID === null;
}

function show({ id, fields }: Doc, keys: readonly string[]): Record<string, unknown> {
	return { id, ...pick(fields, keys) };
}

function pick(from: Record<string, unknown>, keys: readonly string[]): Record<string, unknown> {
	return Object.fromEntries(keys.map((key) => [key, from[key] ?? null]));
}

function sendList({ settings }: State, res: Response, documents: readonly Doc[], shown: (document: Doc) => Record<string, unknown>): void {
	const value = documents.map(shown);
	const key = value.length; // assumed: what `key` counts
	switch (settings.listForm) {
		case 'keyed':
			return void res.json({ key, value });
		case 'plain':
			return void res.json(value);
		case 'nullValue':
			return void res.json({ key: 0, value: null });
		case 'emptyValue':
			return void res.json({ key: 0, value: [] });
		case 'missingValue':
			return void res.json({ key: 0 });
		case 'emptyBody':
			return void res.status(200).set('Content-Length', '0').end();
	}
}

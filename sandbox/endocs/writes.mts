import type { Request, Response } from 'express';
import { effect } from '../journal.mts';
import { jsonBody } from '../service.mts';
import { EndocsError, sendWritten } from './answers.mts';
import { CONTRACT, UNPROCESSED, type Doc, type Entry } from './model.mts';
import type { State } from './state.mts';

type Body = Record<string, unknown>;

/** Required fields in the order of the documentation (§3.5 to §3.10); for employees, the middle name may be empty. */
const REQUIRED = {
	contract: ['Ext_ID', 'DocDate', 'DocNumber', 'RequestID', 'Contractor', 'Organization'],
	extDoc: ['Ext_ID', 'DocDate', 'DocNumber', 'DocTypeId', 'Source', 'RequestID'],
	approval: ['NonFormID', 'Approved', 'Approver', 'Comment', 'RequestID'],
	contractor: ['RequestID', 'Ext_ID', 'Name'],
	department: ['Ext_ID', 'Name'],
	employee: ['FirstName', 'LastName'],
} as const;

const SOURCES: readonly unknown[] = ['Входящий', 'Исходящий'];

/** `POST /Contract/AddOrUpdateContract` (§3.5). */
export function writeContract(state: State, req: Request, res: Response): void {
	const body = bodyOf(req, REQUIRED.contract);
	requireDate(body.DocDate, 'DocDate');
	sendWritten(state.settings.success, res, upsertDocument(state, req, body, CONTRACT, 'contract'));
}

/** `POST /Metadata/AddOrUpdateExtDoc` (§3.6). */
export function writeExternalDocument(state: State, req: Request, res: Response): void {
	const body = bodyOf(req, REQUIRED.extDoc);
	requireDate(body.DocDate, 'DocDate');
	if (!Number.isInteger(body.DocTypeId)) throw new EndocsError(400, 'Field DocTypeId is not an integer'); // assumed: the wording
	if (!SOURCES.includes(body.Source)) throw new EndocsError(400, 'Field Source is not valid'); // assumed: the wording
	sendWritten(state.settings.success, res, upsertDocument(state, req, body, Number(body.DocTypeId), 'document'));
}

/** `POST /Metadata/DocApproval` (§3.7): the one call whose page can be read whole. */
export function decide(state: State, req: Request, res: Response): void {
	const body = bodyOf(req, REQUIRED.approval);
	const document = state.documents.find(({ id, docTypeId }) => docTypeId === UNPROCESSED && id === body.NonFormID);
	if (!document) throw new EndocsError(400, `No NonFormDoc with id ${String(body.NonFormID)} was found`);
	document.state = body.Approved === true ? 'Согласовано' : 'Отклонено'; // assumed: what the states are called then
	document.written = body;
	effect(req, body.Approved === true ? 'approve' : 'decline', String(document.id));
	if (state.settings.approvalAnswer === 'text') res.type('text/plain').send('Success');
	else res.status(200).set('Content-Length', '0').end();
}

/** `POST /Dictionaries/AddOrUpdate…` (§3.8 to §3.10). */
export function writeEntry(kind: Entry['kind']) {
	return (state: State, req: Request, res: Response): void => {
		const body = bodyOf(req, REQUIRED[kind]);
		if (kind === 'employee' && typeof body.MiddleName !== 'string') throw missing('MiddleName');
		if (body.birthdate !== undefined) requireDate(body.birthdate, 'birthdate');
		const extId = typeof body.Ext_ID === 'string' && body.Ext_ID !== '' ? body.Ext_ID : undefined;
		// assumed: Ext_ID is what an entry is found by; without one, each call makes a new employee.
		const found = state.entries.find((entry) => entry.kind === kind && extId !== undefined && entry.extId === extId);
		const entry = found ?? { kind, id: state.newId(), extId, fields: {} };
		if (!found) state.entries.push(entry);
		entry.fields = merged(state, entry.fields, body);
		effect(req, `${kind}.${found ? 'update' : 'create'}`, String(entry.id));
		sendWritten(state.settings.success, res, { id: entry.id, ext_ID: extId ?? null });
	};
}

function upsertDocument(state: State, req: Request, body: Body, typeId: number, kind: string): Body {
	const found = state.documents.find(({ docTypeId, fields }) => docTypeId === typeId && String(fields.ext_ID) === String(body.Ext_ID));
	const document: Doc = found ?? { id: state.newId(), docTypeId: typeId, dockindId: 0, state: 'Новый', fields: {}, written: {} };
	if (!found) state.documents.push(document);
	document.written = merged(state, document.written, body);
	document.fields = { ...document.fields, ext_ID: body.Ext_ID, docNumber: body.DocNumber, docDate: isoDate(String(body.DocDate)) };
	effect(req, `${kind}.${found ? 'update' : 'create'}`, String(document.id));
	return { id: document.id, ext_ID: body.Ext_ID };
}

/** A key in another spelling counts as missing. assumed: the strictest reading. */
function bodyOf(req: Request, required: readonly string[]): Body {
	const body = parsed(req);
	for (const field of required) if (isMissing(body[field])) throw missing(field);
	return body;
}

function parsed(req: Request): Body {
	try {
		const body = jsonBody(req);
		if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Body;
	} catch {
		// Said below, as for any other body that is no object.
	}
	throw new EndocsError(400, 'The body is not a JSON object'); // assumed: the wording
}

function isMissing(value: unknown): boolean {
	if (typeof value === 'object' && value !== null) return Object.keys(value).length === 0;
	return value === undefined || value === null || value === '';
}

const missing = (field: string) => new EndocsError(400, `Field ${field} is required`);

function requireDate(value: unknown, field: string): void {
	const isDate = typeof value === 'string' && /^\d{2}\.\d{2}\.\d{4}$/.test(value);
	if (!isDate) throw new EndocsError(400, `Field ${field} is not a date`); // assumed: that only the form of the samples will do
}

const isoDate = (text: string) => `${text.split('.').reverse().join('-')}T12:00:00Z`;

function merged({ settings }: State, before: Body, body: Body): Body {
	return settings.leftOut === 'blanked' ? { ...body } : { ...before, ...body };
}

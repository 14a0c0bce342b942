import type { Doc, Entry, User } from './model.mts';

/** What tests and examples may rely on. All names and numbers are invented. */
export const known = {
	token: 'endocs-3f1c7a52d9e84b60',
	/** A second account that sees the same data, with a rate limit of its own. */
	otherToken: 'endocs-84be0d6127fa4c95',
	approver: 'Вера Лопатина',
	manager: 'vera@listvennitsa.example',
	pushToken: 'push-5b7e9a527c41d2b9',
	contracts: 36,
	invoices: 64,
	unprocessed: 18,
	/** Document kind of the contracts, the memos and the unprocessed documents. */
	kinds: { contract: 21, memo: 53, unprocessed: 12 },
	/** A state with a slash and a space. */
	oddState: 'На согласовании / Юрист',
	firstUnprocessed: 301,
} as const;

const organizations = [
	{ id: 3, name: 'АО Лиственница', inn: '1234567890', kpp: '123401001', ext_ID: 'ORG-3', clientId: 7 },
	{ id: 4, name: 'ООО «Ёлка и Ко»', inn: '2345678901', kpp: null, ext_ID: null, clientId: 7 },
];

const contractors = [
	contractor(88, 'ИП Дорофеев', '123456789012', null, 'K-88'),
	contractor(89, 'ООО «Щит»', '3456789012', '345601001', null),
	// One answer sample of the documentation prints an ext_ID as a number.
	contractor(90, 'АО «Мельница № 2»', '4567890123', '456701001', 9000),
	contractor(91, 'ЗАО «Ъ-Север»', '5678901234', null, 'K-91'),
];

function contractor(id: number, name: string, inn: string, kpp: string | null, extId: string | number | null) {
	return {
		id, name, inn, kpp, ext_ID: extId, organizationId: 3, organization: null, diadocID: null, type: 'ЮрЛицо', address: null,
		contact: null, phone: null, fullName: null, lawAddress: null, bill: null, bank: null, bik: null, email: null, director: null,
		ogrn: null, manager: null, code: null, workKind: null, clientId: 7, client: null, url: null, comment: null,
	};
}

export const users: readonly User[] = [
	user('5e0f6c1a-0d3b-4b7e-9a52-7c41d2b9e310', known.manager, known.approver, 'Бухгалтер', false),
	user('6f1a7d2b-1e4c-4c8f-8b63-8d52e3cafa21', 'oleg@listvennitsa.example', 'Олег Щербаков', 'Юрист', false),
	user('7a2b8e3c-2f5d-4d90-9c74-9e63f4db0b32', 'zoya@listvennitsa.example', 'Зоя Ёлкина', null, true),
	user('8b3c9f4d-3a6e-4ea1-8d85-af7405ec1c43', 'robot@listvennitsa.example', null, null, false),
];

function user(id: string, email: string, displayName: string | null, position: string | null, blocked: boolean): User {
	return {
		id, email, userName: email, displayName, password: null, confirm: null, roles: null, blocked, clientAdmin: email === known.manager,
		enDocsAdmin: false, demo: false, hr: false, position, phone: null, extPhone: null, clientId: 7, clientName: null, noEmails: false,
		client: null, lastLogin: null, lastLoginMobile: null, osType: null,
		buttonDTO: { id: 1, clientId: 7, organizationId: 3, userId: id, itemId: null }, enableOffice: false, pushToken: known.pushToken,
	};
}

/** The documents of all types at the start, by ascending id. */
export function seedDocuments(): Doc[] {
	const documents = [...many(known.contracts, 501, aContract), ...many(known.invoices, 701, anInvoice)];
	return [...documents, ...many(known.unprocessed, known.firstUnprocessed, anUnprocessed), ...many(44, 901, another)];
}

/** The entries of the three dictionaries that outside systems write to. */
export function seedEntries(): Entry[] {
	return contractors.filter(({ ext_ID }) => ext_ID !== null).map(({ id, ext_ID, name, inn }) => ({
		kind: 'contractor', id, extId: String(ext_ID), fields: { Ext_ID: String(ext_ID), Name: name, INN: inn },
	}));
}

function many(count: number, firstId: number, make: (n: number) => Omit<Doc, 'id'>): Doc[] {
	return Array.from({ length: count }, (_, n) => ({ id: firstId + n, ...make(n) }));
}

function aContract(n: number): Omit<Doc, 'id'> {
	return document(4, known.kinds.contract, pick(['Новый', 'Согласовано', known.oddState], n), {
		docNumber: `Д-${n + 1}`, docDate: dateOf(n), contractor: pick(contractors, n), organization: pick(organizations, n),
	});
}

function anInvoice(n: number): Omit<Doc, 'id'> {
	const isIncoming = n % 4 !== 3;
	const amount = 1000 * (n + 1);
	return document(isIncoming ? 14 : 6, isIncoming ? 31 : 32, pick(['Согласовано', 'Новый', 'Оплачено'], n), {
		source: isIncoming ? 'Входящий' : 'Исходящий', docNumber: `СЧ-${200 + n}`, docDate: dateOf(n), vat: amount / 5,
		amountToPay: amount + amount / 5, amountWOVAT: amount, currency: 'RUB', contractor: pick(contractors, n),
		organization: pick(organizations, n),
	});
}

function anUnprocessed(n: number): Omit<Doc, 'id'> {
	return document(16, known.kinds.unprocessed, 'Новый', {
		docNumber: n % 3 === 0 ? null : `Скан ${n + 1}`, docDate: dateOf(n), comment: n % 3 === 0 ? 'нечитаемый скан' : null,
	});
}

function another(n: number): Omit<Doc, 'id'> {
	const [type, kind, letter] = pick([[19, known.kinds.memo, 'С'], [11, 41, 'ВХ'], [12, 42, 'ИСХ'], [2, 43, 'Р']] as const, n);
	return document(type, kind, pick(['Новый', known.oddState, 'Архив'], Math.floor(n / 4)), {
		docNumber: `${letter}-${n + 1}`, docDate: dateOf(n), organization: pick(organizations, n), amount: n % 5 === 0 ? 150.5 : null,
	});
}

function document(docTypeId: number, dockindId: number, state: string, given: Record<string, unknown>): Omit<Doc, 'id'> {
	const fields = {
		source: null, docNumber: null, docDate: null, vat: null, amountToPay: null, amountWOVAT: null, amount: null, docDateInvoice: null,
		docDateTaxInvoice: null, docNumTaxInvoice: null, docNumInvoice: null, currency: null, operation: null, contractor: null,
		organization: null, project: null, employee: null, department: null, comment: null, tablePart: null, periodFrom: null,
		periodTo: null, address: null, counter: null, ext_ID: null, ...given,
	};
	return { docTypeId, dockindId, state, fields, written: {} };
}

/** Document dates of the documentation's samples are all at noon. */
const dateOf = (n: number) => new Date(Date.UTC(2025, n % 12, 1 + (n % 28), 12)).toISOString().replace('.000Z', 'Z');

function pick<T>(from: readonly T[], n: number): T {
	return from[n % from.length] as T;
}

/** More documents of a sort, for long lists. */
export function makeMore(type: string, count: number, firstId: number): Doc[] {
	const makers: Readonly<Record<string, (n: number) => Omit<Doc, 'id'>>> = { contract: aContract, invoice: anInvoice, unprocessed: anUnprocessed };
	const make = makers[type];
	if (!make) throw new Error(`No seed for "${type}". There are: ${Object.keys(makers).join(', ')}.`);
	return many(count, firstId, make);
}

import type { IDataObject } from 'n8n-workflow';

import { isRecord } from '../../shared/guards';

/** Ten facts about a contract, flat (vendors/endocs.md §3.2). */
export function simplifyContract(contract: IDataObject): IDataObject {
	return {
		...pick(contract, ['docNumber', 'docDate']),
		...prefixed('contractor', contract.contractor, ['name', 'inn', 'kpp']),
		...prefixed('organization', contract.organization, ['name', 'inn']),
		...pick(contract, ['id']),
		...prefixed('contractor', contract.contractor, ['ext_ID']),
		...prefixed('organization', contract.organization, ['ext_ID']),
	};
}

/** Ten facts about an invoice, flat (vendors/endocs.md §3.3). */
export function simplifyInvoice(invoice: IDataObject): IDataObject {
	return {
		...pick(invoice, ['docNumber', 'docDate']),
		...prefixed('contractor', invoice.contractor, ['name']),
		...pick(invoice, ['amountToPay', 'currency', 'state', 'source']),
		...prefixed('contractor', invoice.contractor, ['inn']),
		...prefixed('organization', invoice.organization, ['name']),
		...pick(invoice, ['id']),
	};
}

/** Ten facts about a document of any type, flat (vendors/endocs.md §3.4). */
export function simplifyDocument(document: IDataObject): IDataObject {
	return {
		...pick(document, ['docNumber', 'docDate']),
		...prefixed('contractor', document.contractor, ['name']),
		amount: document.amount ?? document.amountToPay ?? null,
		...pick(document, ['currency', 'state']),
		...prefixed('organization', document.organization, ['name']),
		...pick(document, ['id', 'dockindId', 'ext_ID']),
	};
}

/** Ten facts about a user. What is left out holds a secret, such as the push token of the user's telephone. */
export function simplifyUser(user: IDataObject): IDataObject {
	return pick(user, ['displayName', 'email', 'position', 'phone', 'roles', 'blocked', 'clientAdmin', 'hr', 'lastLogin', 'id']);
}

function pick(from: IDataObject, keys: readonly string[]): IDataObject {
	return Object.fromEntries(keys.map((key) => [key, from[key] ?? null]));
}

/** `{ name }` of a contractor becomes `contractorName`. */
function prefixed(prefix: string, from: IDataObject[string], keys: readonly string[]): IDataObject {
	const parts = isRecord(from) ? from : {};
	return Object.fromEntries(keys.map((key) => [prefix + capitalized(key), parts[key] ?? null]));
}

function capitalized(key: string): string {
	return key.charAt(0).toUpperCase() + key.slice(1);
}

import type {
	ILoadOptionsFunctions,
	INodeListSearchResult,
	INodePropertyOptions,
	ResourceMapperFields,
} from 'n8n-workflow';

import { toFailure, toNodeError } from '../answer/errors';
import type { Failure } from '../answer/failure';
import { isRecord } from '../guards';
import { Client } from '../service/client';
import { connectionFor } from '../service/connection';
import { forget } from '../service/known';
import { runAlone } from '../service/run';
import type { Service } from '../service/service';

const LOOK_UPS_AT_ONCE = 3;

/** What a look-up in the editor works with: the service, and what the user has entered so far. */
export interface LookUp {
	readonly client: Client;
	/** A parameter as text; the picked value of a resource locator. */
	readonly text: (name: string) => string;
	/** The time zone of the workflow. */
	readonly timeZone: string;
}

type ListSearch = (
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
) => Promise<INodeListSearchResult>;

/** A searchable list for resource locators. */
export function listSearch(
	service: Service,
	search: (lookUp: LookUp, filter: string, paginationToken?: string) => Promise<INodeListSearchResult>,
): ListSearch {
	return async function (filter = '', paginationToken) {
		return await lookUp(this, service, async (given) => await search(given, filter.trim(), paginationToken));
	};
}

/** Columns for a resource mapper. */
export function resourceMapping(
	service: Service,
	load: (lookUp: LookUp) => Promise<ResourceMapperFields>,
): (this: ILoadOptionsFunctions) => Promise<ResourceMapperFields> {
	return async function () {
		return await lookUp(this, service, load);
	};
}

/** Choices for a dropdown. */
export function loadOptions(
	service: Service,
	load: (lookUp: LookUp) => Promise<INodePropertyOptions[]>,
): (this: ILoadOptionsFunctions) => Promise<INodePropertyOptions[]> {
	return async function () {
		return await lookUp(this, service, load, inOneText);
	};
}

/** Of an error, a dropdown shows the message alone. */
export function inOneText({ message, fix, ...rest }: Failure): Failure {
	return { ...rest, message: fix ? `${message}. ${fix}` : message };
}

/** Does the work of a look-up. @param present what is shown of a failure */
export async function lookUp<T>(
	context: ILoadOptionsFunctions,
	service: Service,
	work: (given: LookUp) => Promise<T>,
	present = (failure: Failure): Failure => failure,
): Promise<T> {
	let show = (text: string): string => text;
	try {
		const connection = connectionFor(context, service);
		const client = await Client.open(context, service, connection, runAlone(LOOK_UPS_AT_ONCE), 0);
		show = (text) => client.shown(text);
		// Whoever looks things up may have changed them just now.
		forget(client.account);
		return await work({ client, text: (name) => parameterText(context, name), timeZone: context.getTimezone() });
	} catch (error) {
		throw toNodeError(context.getNode(), present(toFailure(error, show)));
	}
}

/** A parameter as it stands in the panel; blank when it does not belong to the chosen operation, or is a link that is still being typed. */
function parameterText(context: ILoadOptionsFunctions, name: string): string {
	const value: unknown = context.getCurrentNodeParameter(name);
	if (!isRecord(value)) return String(value ?? '');
	try {
		const picked: unknown = context.getCurrentNodeParameter(name, { extractValue: true });
		return String((isRecord(picked) ? picked.value : picked) ?? '');
	} catch {
		// n8n throws for both.
		return '';
	}
}

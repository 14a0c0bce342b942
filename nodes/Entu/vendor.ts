import type { IDataObject } from 'n8n-workflow';

import { normalizeBaseUrl } from '../shared/addresses';
import { firstText, judgeHttp, parseJson, type HttpResponse } from '../shared/answer/outcome';
import { isRecord, numberOf } from '../shared/guards';
import type { Vendor } from '../shared/operation/operation';
import { path } from '../shared/service/paths';
import { databaseOf, sessionOwner } from './logIn/account';
import { access } from './resources/access';
import { database } from './resources/database';
import { entity } from './resources/entity';
import { entityType } from './resources/entityType';
import { file } from './resources/file';
import { property } from './resources/property';
import { token } from './resources/token';

/** Entu, an object database (vendors/entu.md). */
export const entu: Vendor = {
	name: 'Entu',
	connections: [
		{
			credentialType: 'entuApi',
			baseUrl: ({ baseUrl }) => normalizeBaseUrl(baseUrl),
			secrets: ['apiKey', 'sessionToken'],
			session: {
				tokenField: 'sessionToken',
				ownerField: 'sessionFor',
				ownerOf: sessionOwner,
				probe: (credentials) => ({ path: path`/${databaseOf(credentials)}` }),
			},
		},
	],
	// No limit is documented, and its published code has none (entu.md §6); this is as much as a polite client asks for.
	limits: { inFlight: 20, reads: 10 },
	judge: (response) =>
		judgeHttp(response, {
			service: 'Entu',
			// Older servers name the text differently (entu.md §6).
			message: wordsIn,
			// Entu has no limit that is documented or in its code (entu.md §6): only an error in its own form can be its own.
			isOwnLimit: ({ text }) => isOwnError(parseJson(text)),
			// Every 401 may be an old session or one that was bound to another address (entu.md §3.2).
			sessions: true,
			// Nothing that Entu gives out looks like this (entu.md §5): something else answers in its place.
			refusals: 'always',
			// Errors name their status in the body too (entu.md §6), which holds when a proxy has made a 200 of it.
			statusIn: (body) => (isOwnError(body) ? numberOf(body.status) : undefined),
			fixes: {
				400: 'Check the values of this item',
				403: fixForForbidden(response),
				404: 'Check the ID: the entity or value may have been deleted or replaced. Single values of a mirror of an entity of another database have no address',
			},
		}),
	resources: [entity, property, file, access, entityType, database, token],
};

/** The form that Entu gives to everything it refuses (entu.md §6). */
function isOwnError(body: unknown): body is IDataObject {
	return isRecord(body) && body.error === true;
}

function wordsIn(body: unknown): string | undefined {
	return firstText(body, ['message', 'statusText', 'statusMessage']);
}

/** What Entu refuses for another reason than a missing right (entu.md §4.4, §4.7, §5.9), and what to do then. */
const FORBIDDEN: ReadonlyArray<readonly [words: RegExp, fix: string]> = [
	[/^Can't delete _type/, "An entity keeps a type. To change it, use 'Entity > Update' with another \"_type\""],
	[/^Can't delete last _owner/, "Give somebody else the right 'Owner' first"],
	[/^Can't delete system property/, 'Entu keeps this value itself: leave it'],
	[/server-managed|only be set by the server/, 'Only Entu itself sets this property: leave it out'],
	[/^No user/, 'The API key belongs to nobody in this database: check database and API key in the credential'],
	[/^User not in parent/, "Give the person or robot that the API key belongs to the right 'Expander' on the parent"],
];
const MISSING_RIGHT =
	'Give the person or robot that the API key belongs to a right on this entity. If it is a mirror of an entity of another database, change it there: here nobody can';

function fixForForbidden({ text }: HttpResponse): string {
	const words = wordsIn(parseJson(text)) ?? '';
	return FORBIDDEN.find(([pattern]) => pattern.test(words))?.[1] ?? MISSING_RIGHT;
}

import { normalizeBaseUrl } from '../shared/addresses';
import type { Vendor } from '../shared/operation/operation';
import { unusableToken } from './logIn/token';
import { account } from './resources/account';
import { entity } from './resources/entity';
import { request } from './resources/request';
import { unreadableEndpoints } from './values/endpoints';
import { judge } from './wire/answer';

/** Accutics, marketing data governance: the protocol of its Open API, whose endpoints the user names (vendors/accutics.md). */
export const accutics: Vendor = {
	name: 'Accutics',
	connections: [
		{
			credentialType: 'accuticsApi',
			baseUrl: ({ baseUrl }) => normalizeBaseUrl(baseUrl),
			secrets: ['token'],
			check: ({ token, endpoints }) => unusableToken(token) ?? unreadableEndpoints(endpoints),
		},
	],
	// No limit is documented (accutics.md §2.7); this is as much as a polite client asks for.
	limits: { inFlight: 20 },
	arrayFormat: 'repeat',
	refusesInBody: true,
	judge,
	resources: [entity, account, request],
};

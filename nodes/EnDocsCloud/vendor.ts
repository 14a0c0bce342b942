import { normalizeBaseUrl } from '../shared/addresses';
import type { Vendor } from '../shared/operation/operation';
import { tokenOf, unusableToken } from './logIn/token';
import { contract } from './resources/contract';
import { contractor } from './resources/contractor';
import { department } from './resources/department';
import { document } from './resources/document';
import { employee } from './resources/employee';
import { invoice } from './resources/invoice';
import { request } from './resources/request';
import { unprocessedDocument } from './resources/unprocessedDocument';
import { user } from './resources/user';
import { judge } from './wire/judge';

/** EnDocs Cloud, an electronic document management service (vendors/endocs.md). */
export const enDocsCloud: Vendor = {
	name: 'EnDocs Cloud',
	connections: [
		{
			credentialType: 'enDocsCloudApi',
			// May hold a path: whether there is a prefix is not documented (vendors/endocs.md A2).
			baseUrl: ({ baseUrl }) => normalizeBaseUrl(baseUrl),
			secrets: ['apiToken'],
			sentSecrets: (credentials) => [tokenOf(credentials)],
			check: unusableToken,
		},
	],
	// 300 a minute for a token are documented (vendors/endocs.md §2.1) and kept to, how many at once is not.
	limits: { inFlight: 10, reads: 10, rate: { requests: 300, perMs: 60_000 } },
	arrayFormat: 'repeat',
	refusesInBody: true,
	judge,
	resources: [contract, contractor, department, document, employee, invoice, request, unprocessedDocument, user],
};

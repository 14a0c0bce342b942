import type { IDataObject } from 'n8n-workflow';

import { fail } from '../../../shared/answer/failure';
import { textOf } from '../../../shared/guards';
import type { Client } from '../../../shared/service/client';
import type { Request } from '../../../shared/service/request';
import { wrongShape } from '../../wire/api';

/** An output without its download link, which holds the token. */
export function withoutLink(output: IDataObject): IDataObject {
	return Object.fromEntries(Object.entries(output).filter(([key]) => key.toLowerCase() !== 'outputuri'));
}

/**
 * The request behind a download link. It goes to the API's own host or nowhere, over the API's own scheme (links may say plain http),
 * and with the token of the credential in place of the one in the link.
 */
export function requestFor(client: Client, output: IDataObject): Request {
	const link = textOf(output.outputUri);
	if (link === undefined || !URL.canParse(link)) return wrongShape('the download link of the output was expected');
	const { hostname, port, pathname, searchParams } = new URL(link);
	const api = new URL(client.origin);
	if (hostname !== api.hostname || (port !== '' && port !== api.port)) {
		return fail({
			reason: 'unreadable answer',
			message: `The file lies at ${hostname}, which is not the host of the API URL`,
			fix: 'Nothing was sent there. Check the API URL in the credential; if it is right, download the file in SmartConnect.com',
		});
	}
	const query = Object.fromEntries([...searchParams].filter(([name]) => name.toLowerCase() !== 'token'));
	return { path: client.origin + pathname, query, stream: true };
}

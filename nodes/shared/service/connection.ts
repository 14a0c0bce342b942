import type { Context } from './run';
import type { Connection, Service } from './service';

/**
 * The way into the service: the one that the user chose with the parameter 'Authentication', which is there where there is a choice,
 * or else the first.
 * @param offered the ways in that the operation has (`Connection.authentication`); all, when left out
 */
export function connectionFor(context: Context, { connections }: Service, offered?: readonly string[]): Connection {
	const possible = connections.filter(({ authentication = '' }) => offered?.includes(authentication) ?? true);
	const [first = connections[0]] = possible;
	if (possible.length <= 1) return first;
	const chosen = authenticationOf(context);
	return possible.find(({ authentication }) => authentication === chosen) ?? first;
}

function authenticationOf(context: Context): unknown {
	return 'getCurrentNodeParameter' in context
		? context.getCurrentNodeParameter('authentication')
		: context.getNodeParameter('authentication', 0, '');
}

import type { Context } from './run';
import type { Connection, Service } from './service';

/** The way into the service that the user chose with the parameter 'Authentication', or the only one. */
export function connectionFor(context: Context, { connections }: Service): Connection {
	if (connections.length === 1) return connections[0];
	const chosen = authenticationOf(context);
	return connections.find(({ authentication }) => authentication === chosen) ?? connections[0];
}

function authenticationOf(context: Context): unknown {
	return 'getCurrentNodeParameter' in context
		? context.getCurrentNodeParameter('authentication')
		: context.getNodeParameter('authentication', 0);
}

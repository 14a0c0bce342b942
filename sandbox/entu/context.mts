import type { Request } from 'express';
import type { Database } from './database.mts';
import { EntuError } from './errors.mts';
import { objectIdOf } from './ids.mts';
import type { Caller, Entity } from './model.mts';
import type { State } from './state.mts';

/** One request: where, and who asks. */
export interface Context {
	readonly req: Request;
	readonly state: State;
	readonly database: Database;
	readonly caller: Caller;
}

export function userOf({ caller }: Context): string {
	if (caller.user === undefined) throw new EntuError(403, 'No user');
	return caller.user;
}

/** The entity, or the service's answer to an id that is bad or unknown. */
export function entityOf({ database }: Context, id: string, message?: string): Entity {
	const wanted = objectIdOf(id, database.generation);
	const entity = database.get(wanted);
	if (!entity) throw new EntuError(404, message ?? `Entity ${wanted} not found`);
	return entity;
}

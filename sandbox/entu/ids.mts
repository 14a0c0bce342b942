import { EntuError } from './errors.mts';
import { isId } from './model.mts';
import type { Generation } from './settings.mts';

/** An object id in its usual form. What is none is an unexpected error in July, a clear one later (§5.2, §5.3). */
export function objectIdOf(value: unknown, generation: Generation): string {
	if (isId(value)) return value.toLowerCase();
	throw generation === 'later' ? new EntuError(400, 'Invalid ID') : new Error(`Not an object id: ${String(value)}`);
}

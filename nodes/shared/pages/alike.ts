import { isRecord } from '../guards';

/** Whether two JSON values hold the same; quick where they differ early, as records with different IDs do. */
export function alike(a: unknown, b: unknown): boolean {
	if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((entry, i) => alike(entry, b[i]));
	if (!isRecord(a) || !isRecord(b)) return a === b;
	const names = Object.keys(a);
	return names.length === Object.keys(b).length && names.every((name) => alike(a[name], b[name]));
}

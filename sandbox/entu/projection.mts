import type { Fields, View } from './model.mts';

/** Which parts of an entity are wanted: `true` = all of it. */
export interface Tree {
	readonly [name: string]: true | Tree;
}

type Growing = { [name: string]: true | Growing };

/** Reads paths such as `name` and `photo.filename`. Throws on what MongoDB refuses: empty parts, and one path within another (§5.2, trap 14). */
export function treeOf(paths: readonly string[]): Tree {
	const tree: Growing = {};
	for (const path of new Set(paths)) grow(tree, path.split('.'));
	return tree;
}

function grow(tree: Growing, [name = '', ...rest]: readonly string[]): void {
	if (name === '' || name.startsWith('$')) throw new Error(`Not a field: ${name}`);
	const known = Object.hasOwn(tree, name) ? tree[name] : undefined;
	if (known === true || (known !== undefined && rest.length === 0)) throw new Error(`Path collision at ${name}`);
	if (rest.length === 0) tree[name] = true;
	else grow(known ?? (tree[name] = {}), rest);
}

/** The wanted properties of a view; `name.string` gives values with that field alone. */
export function project(view: View, tree: Tree): Record<string, unknown> {
	return pruned(view, tree) as Record<string, unknown>;
}

function pruned(value: unknown, tree: Tree): unknown {
	if (Array.isArray(value)) return value.filter(isNested).map((element) => pruned(element, tree));
	const parts: Array<[string, unknown]> = [];
	for (const [name, wanted] of Object.entries(tree)) {
		const part = (value as Fields)[name];
		if (part === undefined) continue;
		if (wanted === true) parts.push([name, part]);
		else if (isNested(part)) parts.push([name, pruned(part, wanted)]);
	}
	return Object.fromEntries(parts);
}

const isNested = (value: unknown): value is object => typeof value === 'object' && value !== null && !(value instanceof Date);

/** The wanted parts as an expression sees them, which is what groups show: a list of plain values, `null` for what isn't there. */
export function expressed(view: View, tree: Tree): Record<string, unknown> {
	const follow = (value: unknown, part: true | Tree): unknown => {
		if (part === true) return value ?? null;
		return Object.fromEntries(Object.entries(part).map(([name, inner]) => [name, follow(step(value, name), inner)]));
	};
	return follow(view, tree) as Record<string, unknown>;
}

/** The value of a path as an expression sees it. */
export function valueAt(view: View, path: string): unknown {
	return path.split('.').reduce<unknown>(step, view);
}

function step(value: unknown, name: string): unknown {
	if (Array.isArray(value)) return value.map((element) => step(element, name)).filter((element) => element !== undefined);
	return isNested(value) ? (value as Fields)[name] : undefined;
}

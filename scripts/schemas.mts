/**
 * Writes what the editor shows of an operation's output before it was ever run: `nodes/<Node>/__schema__/v<version>/<resource>/<operation>.json`,
 * made of real runs of the samples in `test/contract/samples` against the sandbox. Only operations that change nothing get one.
 *
 * `npx tsx scripts/schemas.mts` for all nodes of the built package, or with the names of some.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { spawnSandbox } from '../sandbox/client.mts';
import { Bench, previewed, subjects, type Subject } from '../test/contract/lab.mts';
import { createEngine, type Engine } from '../test/support/engine.mts';

export interface Schema {
	type: string;
	properties?: Record<string, Schema>;
	items?: Schema;
	version?: number;
}

/** The versions of a node, oldest first: saved workflows hold older ones. */
export function versionsOf(engine: Engine, node: string): number[] {
	return [engine.nodeType(node).description.version].flat();
}

/** The schema of a read operation's output; none for an operation that changed something, gave nothing out or gives out what an account defines. */
export async function schemaOf(bench: Bench, subject: Subject, version: number): Promise<Schema | undefined> {
	await bench.fresh(subject);
	const run = await bench.run(subject, { version });
	if (run.error) throw run.error;
	const { effects } = await bench.summary(subject);
	if (Object.keys(effects).some((effect) => effect !== 'login')) return undefined;
	const rows = (run.outputs[0] ?? []).map(({ json }) => json);
	const stable = subject.sample.stable;
	const shown = stable ? rows.map((row) => Object.fromEntries(stable.filter((key) => key in row).map((key) => [key, row[key]]))) : rows;
	return shown.length > 0 && stable?.length !== 0 ? { ...describe(shown), version: 1 } : undefined;
}

/** Path of an operation's schema, below the project. */
export function schemaFile({ node, resource, operation }: Subject, version: number): string {
	return path.join(folderOf(node, version), resource, `${operation}.json`);
}

/** The folder of the schemas of a version of a node, in the sources: n8n asks for `v1.1.0` for version 1.1. */
export function folderOf(node: string, version: number): string {
	const known = JSON.parse(readFileSync('dist/known/nodes.json', 'utf8')) as Record<string, { sourcePath: string }>;
	const source = known[node]?.sourcePath;
	if (source === undefined) throw new Error(`No node "${node}" in the built package`);
	return path.join(path.dirname(source).replace(/^dist\//, ''), '__schema__', `v${Number.isInteger(version) ? `${version}.0` : version}.0`);
}

/** One schema for several values: of objects all keys that occur; of different types the first that is not null. */
function describe(values: readonly unknown[]): Schema {
	const [first] = values.filter((value) => value !== null && value !== undefined);
	if (first === undefined) return { type: 'null' };
	if (Array.isArray(first)) {
		const entries = values.flatMap((value) => (Array.isArray(value) ? (value as unknown[]) : []));
		return entries.length > 0 ? { type: 'array', items: describe(entries) } : { type: 'array' };
	}
	if (typeof first !== 'object') return { type: typeof first };
	const objects = values.filter((value): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value));
	const keys = [...new Set(objects.flatMap((object) => Object.keys(object)))];
	return { type: 'object', properties: Object.fromEntries(keys.map((key) => [key, describe(objects.map((object) => object[key]))])) };
}

async function write(engine: Engine, bench: Bench, names: readonly string[]): Promise<void> {
	const wanted = previewed(subjects(engine)).filter(({ node }) => names.length === 0 || names.includes(node));
	for (const node of new Set(wanted.map((subject) => subject.node))) rmSync(path.dirname(folderOf(node, 1)), { recursive: true, force: true });
	const versioned = wanted.flatMap((subject) => versionsOf(engine, subject.node).map((version) => ({ subject, version })));
	for (const { subject, version } of versioned) {
		const schema = await schemaOf(bench, subject, version);
		if (!schema) continue;
		const file = schemaFile(subject, version);
		mkdirSync(path.dirname(file), { recursive: true });
		writeFileSync(file, `${JSON.stringify(schema, null, '\t')}\n`);
		console.log(file);
	}
}

async function main(): Promise<void> {
	const engine = createEngine();
	const sandbox = await spawnSandbox();
	try {
		await write(engine, new Bench(engine, sandbox), process.argv.slice(2));
	} finally {
		await sandbox.stop();
		engine.close();
	}
}

if (process.argv[1]?.endsWith('schemas.mts')) void main();

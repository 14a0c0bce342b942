/**
 * `npm run singles`: the single-service packages, each built, linted and scanned in an archive of this repository as GitHub makes it of a commit:
 * there, n8n's scanner looks for the sources of what was published. Needs a built package (`npm run build`).
 */
import assert from 'node:assert/strict';
import { appendFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { packageFolder, sourceFindings } from '../../scripts/scanner.mjs';
import { singles } from '../../scripts/singles.mjs';
import { Checks } from '../e2e/checks.mts';
import { lendModules, npm, unpackArchive } from './archive.mts';

type Single = (typeof singles)[number];

const root = process.cwd();
const whole = 'n8n-nodes-backoffice';
/** The address of the repository holds the name too, but no point behind it. */
const TYPE_OF_WHOLE = new RegExp(`["'\`]${whole}\\.`);
const PLANTED = '\nconsole.log(1);\n';

async function main(): Promise<void> {
	assert(existsSync('dist/types/nodes.json'), 'The package is not built: run `npm run build`.');
	const temporary = mkdtempSync(path.join(tmpdir(), 'backoffice-singles-'));
	const checks = new Checks();
	try {
		const archive = await unpackArchive(temporary);
		await checks.section('An archive of the repository', async () => await checkFolders(checks, archive));
		lendModules(archive);
		for (const single of singles) await checks.section(single.name, async () => await checkSingle(checks, archive, single));
		await checks.section('A violation that is planted in the sources', async () => await checkPlanted(checks, archive));
	} finally {
		rmSync(temporary, { recursive: true, force: true });
	}
	console.log(`\n${checks.passed} passed, ${checks.failed} failed`);
	process.exitCode = checks.failed === 0 ? 0 : 1;
}

async function checkFolders({ check }: Checks, archive: string): Promise<void> {
	await check(`n8n's scanner finds ${whole} at its top`, () => assert.equal(packageFolder(archive, whole), archive));
	for (const { name } of singles) await check(`n8n's scanner finds ${name}`, () => assert.equal(packageFolder(archive, name), path.join(archive, 'packages', name)));
}

async function checkSingle({ check, figure }: Checks, archive: string, { name }: Single): Promise<void> {
	const folder = path.join(archive, 'packages', name);
	await check('builds', async () => await npm(['run', 'build'], folder));
	await check('holds the same code as the package of all services, and no other name', () => checkBuilt(folder, name));
	await check("passes n8n's strict lint", async () => await npm(['run', 'lint'], folder));
	await check("passes n8n's scanner, source and package", async () => {
		const said = await npm(['run', 'scan'], folder);
		figure('Package', /Package: (.*)/.exec(said)?.[1] ?? 'unknown');
	});
}

function checkBuilt(folder: string, name: string): void {
	const files = readdirSync(path.join(folder, 'dist'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
	assert(files.length > 50, `Only ${files.length} files were built.`);
	for (const entry of files) {
		const file = path.relative(folder, path.join(entry.parentPath, entry.name));
		const built = readFileSync(path.join(folder, file), 'utf8');
		assert(!TYPE_OF_WHOLE.test(built), `${file} names a node of ${whole}.`);
		if (/^dist\/(known|types|methods)\//.test(file)) continue; // made of the code; `gulp finish` has compared them
		const expected = readFileSync(path.join(root, file), 'utf8');
		assert.equal(built, file.endsWith('.node.json') ? expected.replace(`"${whole}.`, `"${name}.`) : expected, `${file} differs.`);
	}
}

/** Changes the archive: comes last. */
async function checkPlanted({ check }: Checks, archive: string): Promise<void> {
	const planted = (single: Single) => ['nodes/shared/wait.ts', `nodes/${single.folder}/vendor.ts`, `credentials/${single.folder}Api.credentials.ts`];
	for (const file of new Set(singles.flatMap(planted))) appendFileSync(path.join(archive, file), PLANTED);
	for (const single of singles) {
		const folder = path.join(archive, 'packages', single.name);
		await check(`${single.name}: the scanner reports it behind each link`, async () => {
			const findings = await sourceFindings(folder);
			for (const file of planted(single)) assert(findings.includes(path.join(folder, file)), `Nothing about ${file} in: ${findings}`);
		});
	}
	await check('the strict lint reports it behind a link', async () => {
		const findings = await npm(['run', 'lint'], path.join(archive, 'packages', singles[0]?.name ?? '')).then(() => 'nothing', String);
		assert.match(findings, /no-console/);
	});
}

await main();

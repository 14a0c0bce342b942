import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { startNode, type ExampleWorkflow } from '../../../demo/api.mts';
import { singles } from '../../../scripts/singles.mjs';
import { lendModules, npm, unpackArchive } from '../../singles/archive.mts';
import type { Checks } from '../checks.mts';
import { saveExamples } from '../examples.mts';
import type { Published } from '../registry.mts';
import { packageJson, startServer, type Server } from '../server.mts';
import { openBrowser } from './editor/browser.mts';
import { judge } from './workflows.mts';

const SINGLE = 'n8n-nodes-entu';
const EXAMPLE = 'entu/nightly-export.json';
const LIMIT_MS = 120_000;

/** Goes over from the package for all services to the one for one of them, as docs/move.md says, and runs the same workflow before and after. */
export async function checkSingles(checks: Checks, release: string): Promise<void> {
	const { check } = checks;
	const temporary = mkdtempSync(path.join(tmpdir(), 'backoffice-single-'));
	let server: Server | undefined;
	try {
		const single = await check(`${SINGLE} is built and packed`, async () => await packSingle(temporary));
		if (!single) return;
		server = await check('n8n starts with the package for all services', async () => await startServer(release, {}, { offered: [single] }));
		if (server) await goOver(checks, server, single.packageJson);
	} finally {
		await server?.stop();
		rmSync(temporary, { recursive: true, force: true });
	}
}

async function goOver({ check }: Checks, server: Server, single: Published['packageJson']): Promise<void> {
	const { api, control } = server;
	const whole = packageJson();
	await saveExamples(server);
	await control.reset();
	await check(`${EXAMPLE} runs with ${whole.name}, and logs in once`, async () => {
		assert.equal(await run(server, readFileSync(path.join('workflows', EXAMPLE), 'utf8')), 1);
	});
	// The documents say so; should n8n learn it one day, they are out of date.
	await check(`n8n does not install ${SINGLE} beside it, as the names of the nodes are the same`, async () => {
		await assert.rejects(api.installCommunityPackage(single.name, single.version), /UNIQUE constraint failed/);
		assert.deepEqual(await installed(server), [[whole.name, whole.version, false]]);
	});
	await check(`Settings → Community nodes takes the one out and installs ${SINGLE}`, async () => {
		await api.uninstallCommunityPackage(whole.name);
		await api.installCommunityPackage(single.name, single.version);
		assert.deepEqual(await installed(server), [[single.name, single.version, false]]);
	});
	const moved = await check('the page of the docs moves every example there and back', async () => await moveAll());
	if (moved === undefined) return;
	await check(`${EXAMPLE}, moved, runs with ${SINGLE}, the same credential and the session that was in it`, async () => assert.equal(await run(server, moved), 0));
}

async function installed({ api }: Server): Promise<unknown[]> {
	const { data } = await api.call<{ data: { packageName: string; installedVersion: string; failedLoading?: boolean }[] }>('GET', '/rest/community-packages');
	return data.map(({ packageName, installedVersion, failedLoading = false }) => [packageName, installedVersion, failedLoading]);
}

async function packSingle(temporary: string): Promise<Published> {
	const archive = await unpackArchive(temporary);
	lendModules(archive);
	const folder = path.join(archive, 'packages', SINGLE);
	await npm(['run', 'build'], folder);
	await npm(['pack', '--ignore-scripts', '--pack-destination', temporary], folder);
	const tarball = readdirSync(temporary).find((name) => name.endsWith('.tgz'));
	assert(tarball !== undefined, 'npm packed nothing.');
	return { tarball: path.join(temporary, tarball), packageJson: JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as Published['packageJson'] };
}

/** @returns the example that is run, as the page has moved it */
async function moveAll(): Promise<string> {
	const browser = await openBrowser();
	try {
		const page = await browser.newPage();
		const faults: string[] = [];
		page.on('pageerror', ({ message }) => faults.push(message));
		await page.goto(pathToFileURL(path.resolve('docs/move.html')).href);
		let wanted: string | undefined;
		for (const { name, page: folder } of singles) {
			for (const file of readdirSync(path.join('workflows', folder))) {
				const example = readFileSync(path.join('workflows', folder, file), 'utf8');
				const moved = await moveInPage(page, example, 'single');
				assert.equal(moved, readFileSync(path.join('packages', name, 'workflows', file), 'utf8'), `${folder}/${file} was moved otherwise.`);
				assert.equal(await moveInPage(page, moved, 'whole'), example, `${folder}/${file} did not come back as it was.`);
				if (`${folder}/${file}` === EXAMPLE) wanted = moved;
			}
		}
		assert.equal(await moveInPage(page, 'no workflow', 'single'), '');
		assert.match(await page.getByRole('status').innerText(), /^This is no workflow/);
		assert.deepEqual(faults, []);
		assert(wanted !== undefined, `There is no ${EXAMPLE}.`);
		return wanted;
	} finally {
		await browser.close();
	}
}

async function moveInPage(page: Page, workflow: string, target: 'single' | 'whole'): Promise<string> {
	await page.getByLabel('Where to').selectOption(target);
	await page.getByLabel('Your workflow').fill(workflow);
	return await page.getByLabel('Moved').inputValue();
}

/** @returns how often the workflow has logged in */
async function run(server: Server, text: string): Promise<number> {
	const workflow = { ...(JSON.parse(text) as ExampleWorkflow), id: undefined }; // one of its own: both may be there
	const id = await server.api.createWorkflow(workflow);
	await server.control.clearJournal();
	const execution = await server.api.waitForExecution(await server.api.run(id, startNode(workflow).name), LIMIT_MS);
	const { logins } = await server.control.summary('entu'); // the judge logs in too
	await judge(server, { file: EXAMPLE }, execution, undefined);
	return logins;
}

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { exampleCredentials } from '../../../demo/credentials.mts';
import { demoAccount } from '../../../demo/examples.mts';
import type { Checks } from '../checks.mts';
import type { Server } from '../server.mts';
import { openBrowser, signedIn } from './editor/browser.mts';
import { tours } from './tours/all.mts';
import { Hands, type Effort } from './tours/hands.mts';
import { effortOf, pageOf, pictureOf } from './tours/page.mts';
import type { Tour } from './tours/tour.mts';
import { showPanel, triggerPanels } from './tours/triggers.mts';

/** In bytes. */
const LARGEST_PICTURE = 60_000;

/** Does the first task of each service by mouse and keyboard, from an empty canvas, and makes the pages of docs/tours of it. */
export async function checkTours(checks: Checks, server: Server): Promise<void> {
	const folder = mkdtempSync(path.join(tmpdir(), 'backoffice-tours-'));
	const images = checks.writesDocs ? 'docs/images' : folder;
	for (const name of ['tours', 'triggers']) mkdirSync(path.join(images, name), { recursive: true });
	// n8n picks the newest credential by itself.
	for (const credential of exampleCredentials(server.sandboxUrl)) await server.api.createCredential(credential);
	const browser = await openBrowser();
	try {
		// A form lies on the editor's own address, which is this one.
		const url = server.url.replace('127.0.0.1', 'localhost');
		const hands = await Hands.on(await signedIn(browser, url, demoAccount), url);
		for (const tour of tours) {
			await checks.check(`${tour.title}: by hand from an empty canvas, with the right result`, async () => {
				const effort = await walk(tour, hands, server, { images, folder });
				checks.figure(tour.title, effortOf(tour, effort).replaceAll('*', ''));
				if (checks.writesDocs) writeFileSync(`docs/tours/${tour.name}.md`, pageOf(tour, { ...effort, release: server.release }));
			});
		}
		for (const panel of triggerPanels) {
			await checks.check(`${panel.found}: "${panel.trigger}" found from an empty canvas, pictures in light and dark`, async () => {
				for (const file of await showPanel(panel, hands, images)) assertSmall(file);
			});
		}
	} finally {
		await browser.close();
		rmSync(folder, { recursive: true, force: true });
	}
}

function assertSmall(file: string): void {
	assert(statSync(file).size <= LARGEST_PICTURE, `${file} has ${statSync(file).size} bytes, too many for a page of the docs.`);
}

interface Folders {
	/** Where the pictures go. */
	images: string;
	/** Where the spreadsheets go. */
	folder: string;
}

/** Goes through a tour; returns what its steps have taken. */
export async function walk(tour: Tour, hands: Hands, server: Server, { images, folder }: Folders): Promise<Effort> {
	await server.control.reset();
	await hands.emptyCanvas();
	const spreadsheet = path.join(folder, `${tour.name}.csv`);
	if (tour.rows) writeFileSync(spreadsheet, tour.rows.map((row) => row.join(',')).join('\n'));
	hands.takeEffort();
	for (const [i, { does, shows }] of tour.steps.entries()) {
		await does(hands, { spreadsheet }).catch((error: unknown) => assert.fail(`Step ${i + 1}: ${String(error)}`));
		if (!shows) continue;
		const file = path.join(images, pictureOf(tour, i));
		await hands.show(shows.part, file);
		assertSmall(file);
	}
	const effort = hands.takeEffort();
	const workflowId = hands.workflowId();
	const last = (await server.api.executionsOf(workflowId)).at(-1);
	assert(last, 'The workflow has not run.');
	await tour.check({ server, workflowId, execution: await server.api.waitForExecution(last) });
	return effort;
}

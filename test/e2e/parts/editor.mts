import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { demoAccount } from '../../../demo/examples.mts';
import { openBrowser, signedIn } from './editor/browser.mts';
import type { Checks } from '../checks.mts';
import { Editor } from './editor/editor.mts';
import type { Server } from '../server.mts';
import { enterCredentials, type Entered } from './editor/credentials.mts';
import { checkIcons } from './editor/icons.mts';
import { byHand, type ByHand } from './editor/nodes.mts';
import { checkParticulars } from './editor/particulars.mts';

/** Uses all five nodes by hand in a headless browser, and takes the pictures of the docs. */
export async function checkEditor(checks: Checks, server: Server): Promise<void> {
	await server.control.reset();
	const folder = checks.writesDocs ? 'docs/images' : mkdtempSync(path.join(tmpdir(), 'backoffice-editor-'));
	const browser = await openBrowser();
	try {
		await checkIcons(checks, browser);
		const editor = new Editor(await signedIn(browser, server.url, demoAccount), server.url);
		const entered = await enterCredentials(checks, server, editor);
		for (const node of byHand) await useByHand(checks, server, editor, node, entered, folder);
		await checkParticulars(checks, server, editor, entered);
		const actions = await Promise.all(byHand.map(async (node) => await operationActions(server, node)));
		checks.figure('actions in the node panel', `${actions.flat().length}, of ${byHand.length} nodes`);
	} finally {
		await browser.close();
		if (!checks.writesDocs) rmSync(folder, { recursive: true, force: true });
	}
}

async function useByHand({ check }: Checks, server: Server, editor: Editor, given: ByHand, entered: Entered, folder: string): Promise<void> {
	const { node, action, filledIn, picture } = given;
	const aliases = aliasesOf(given);
	const credential = entered.get(given.credentialType) ?? 'none';
	editor.errors.length = 0;
	await inTurn(check, node, [
		['found in the node panel by its name', async () => {
			await editor.newWorkflow();
			await editor.findNode(node, node);
		}],
		[`found by the aliases "${aliases.join('" and "')}"`, async () => {
			for (const alias of aliases) await editor.findNode(alias, node);
		}],
		['offers the action of every operation, each once', async () => {
			const operations = await operationActions(server, given);
			const listed = await editor.actionsOf(node, operations);
			assert.deepEqual(operations.map((name) => listed.filter((one) => one === name).length), operations.map(() => 1));
		}],
		[`action "${action}" picked, and a credential chosen from several`, async () => {
			await editor.pickAction(action);
			const offered = await editor.chooseCredential(credential);
			assert(offered.length > 2, `Offered were only ${offered.join(', ')}.`);
		}],
		[`filled in: ${filledIn}`, async () => await given.fillIn(editor)],
		['step executed; the table shows what the sandbox holds', async () => {
			const said = await editor.executeStep();
			assert.match(said, /success/i);
			await assertTable(server, editor, given);
		}],
		['nothing in the panel is raw, missing or marked as wrong', async () => await assertReadsWell(editor)],
		['pictures in light and dark', async () => {
			await editor.widenOutput();
			for (const theme of ['dark', 'light'] as const) {
				const file = path.join(folder, `${picture}${theme === 'dark' ? '-dark' : ''}.png`);
				await editor.picture(file, theme);
				assert(statSync(file).size <= LARGEST_PICTURE, `${file} has ${statSync(file).size} bytes, too many for a page of the docs.`);
			}
		}],
		["no error in the browser's console", () => assert.deepEqual(editor.errors, [])],
	]);
}

/** The first and the last of its aliases that do not hold its name. */
function aliasesOf({ codex, node }: ByHand): string[] {
	const { alias } = JSON.parse(readFileSync(codex, 'utf8')) as { alias: string[] };
	const others = alias.filter((text) => !node.toLowerCase().includes(text.toLowerCase()));
	return [others.at(0), others.at(-1)].flatMap((text) => text ?? []);
}

/** Runs steps that build on one another: after one that has failed, the rest is left out. */
async function inTurn(check: Checks['check'], about: string, steps: ReadonlyArray<readonly [string, () => Promise<void> | void]>): Promise<void> {
	for (const [name, step] of steps) {
		const passed = await check(`${about}: ${name}`, async () => {
			await step();
			return true;
		});
		if (!passed) return;
	}
}

interface Described {
	name: string;
	properties: Array<{ name: string; options?: Array<{ action?: string }> }>;
}

/** The actions of all operations, as the node describes itself. */
async function operationActions({ api }: Server, { type }: ByHand): Promise<string[]> {
	const described = await api.call<Described[]>('GET', '/types/nodes.json');
	const found = described.find(({ name }) => name === `n8n-nodes-backoffice.${type}`);
	const lists = found?.properties.filter(({ name }) => name === 'operation') ?? [];
	return lists.flatMap(({ options = [] }) => options.flatMap(({ action }) => action ?? []));
}

/** As many as n8n's table shows at once, and as many items as our nodes return if nothing is said. */
const ROWS_OF_A_PAGE = 25;
const LIMIT = 50;

async function assertTable(server: Server, editor: Editor, given: ByHand): Promise<void> {
	const { columns, rows, count } = await editor.table();
	const expected = await given.expected(server);
	assert.deepEqual(columns.filter((column) => expected.columns.includes(column)), expected.columns);
	const shown = rows.map((row) => expected.columns.map((column) => row[columns.indexOf(column)]));
	const held = expected.rows.map((row) => expected.columns.map((column) => String(row[column])));
	assert(shown.length > 2, `Only ${shown.length} rows are shown.`);
	assert.deepEqual(shown, held.slice(0, ROWS_OF_A_PAGE));
	assert.equal(count, `${Math.min(LIMIT, held.length)} items`);
}

/** In bytes. */
const LARGEST_PICTURE = 230_000;

/** What an expression, a missing text or a wrong parameter leaves on the screen. */
const RAW = /undefined|\[object Object\]|\bNaN\b|\{\{|\}\}|=\$/;

async function assertReadsWell(editor: Editor): Promise<void> {
	const raw = (await editor.panel.innerText()).split('\n').filter((line) => RAW.test(line));
	assert.deepEqual(raw, []);
	assert.equal(await editor.panel.getByTestId('parameter-issues').count(), 0, 'A parameter is marked as wrong.');
}

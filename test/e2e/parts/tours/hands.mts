// The editor with a mouse and a keyboard, of which every use is counted.
import assert from 'node:assert/strict';
import type { BrowserContext, Locator, Page } from 'playwright-core';
import { Editor, pickFrom } from '../editor/editor.mts';

/** How often the mouse was pressed, and how many fields were typed into. */
export interface Effort {
	clicks: number;
	fields: number;
}

/** What a picture shows: a part of the panel of a node, or the nodes on the canvas. */
export type Shown = 'parameters' | 'output' | 'canvas';

/** An editor that only mouse and keyboard reach. What the browser itself has seen of them is counted, in all windows. */
export class Hands extends Editor {
	private effort: Effort = { clicks: 0, fields: 0 };
	private isCounting = true;

	/** Begins to count in all pages that are opened from now on. */
	static async on(page: Page, url: string): Promise<Hands> {
		const hands = new Hands(page, url);
		await hands.listen(page.context());
		return hands;
	}

	private async listen(context: BrowserContext): Promise<void> {
		await context.exposeFunction('seenOfHands', (what: keyof Effort) => {
			if (this.isCounting) this.effort[what] += 1;
		});
		await context.addInitScript(WATCH);
	}

	/** What was counted since it was asked for last. */
	takeEffort(): Effort {
		const taken = this.effort;
		this.effort = { clicks: 0, fields: 0 };
		return taken;
	}

	/** An empty workflow. */
	async emptyCanvas(): Promise<void> {
		await this.page.goto(`${this.url}/workflow/new`, { waitUntil: 'domcontentloaded' });
		await this.page.getByTestId('canvas-add-button').waitFor();
	}

	/** The ID of the workflow in the window, once it was saved. */
	workflowId(): string {
		return /\/workflow\/([^/?]+)/.exec(this.page.url())?.[1] ?? '';
	}

	/** Clicks "Add first step…" and one of the ways to begin. */
	async begin(way: string): Promise<void> {
		await this.page.getByTestId('canvas-add-button').click();
		await this.nodePanelItem(way).click();
		await this.page.getByTestId('canvas-node').or(this.panel).first().waitFor();
	}

	/** Clicks "Add first step…", types, and clicks the node that was found, then one of its triggers. */
	async beginWith(search: string, found: string, trigger: string): Promise<void> {
		await this.page.getByTestId('canvas-add-button').click();
		await this.findNode(search, found);
		await this.nodePanelItem(found).click();
		await this.nodePanelItem(trigger).click();
		await this.panel.waitFor();
	}

	/** Clicks the plus behind a node, types, and clicks what was found; then an action of it, if it has any. */
	async addBehind(node: string, { search, found, action, output = 0 }: { search: string; found: string; action?: string; output?: number }): Promise<void> {
		await this.node(node).getByTestId('canvas-handle-plus').nth(output).click();
		await this.findNode(search, found);
		await this.nodePanelItem(found).click();
		if (action !== undefined) await this.nodePanelItem(action).click();
		await this.panel.waitFor();
	}

	/** Closes the panel of a node. */
	async backToCanvas(): Promise<void> {
		await this.panel.getByTestId('ndv-close-button').click();
		await this.panel.waitFor({ state: 'hidden' });
	}

	/** Lets the columns take the fields of the same name. */
	async mapAutomatically(): Promise<void> {
		await pickFrom(this.panel.getByTestId('mapping-mode-select'), 'Map Automatically');
	}

	/** Says in the settings of the node what to do when an item fails. */
	async onError(choice: string): Promise<void> {
		await this.panel.getByTestId('tab-settings').click();
		await this.pick('onError', choice);
		await this.panel.getByTestId('tab-params').click();
	}

	/** Executes the step, and throws what the node says if it fails. */
	async succeed(): Promise<void> {
		const said = await this.executeStep();
		if (!/success/i.test(said)) assert.fail(`${said} ${JSON.stringify(await this.error().catch(() => ''))}`);
	}

	/** Executes a form, and gives it a file in the window that opens. */
	async submitFile(file: string): Promise<void> {
		const opened = this.page.context().waitForEvent('page');
		await this.panel.getByTestId('node-execute-button').click();
		const form = await opened;
		const asked = form.waitForEvent('filechooser');
		await form.locator('input[type=file]').click();
		await (await asked).setFiles(file);
		await form.getByRole('button', { name: 'Submit' }).click();
		await form.getByText('Your response has been recorded').waitFor();
		await form.close();
		await this.panel.getByTestId('output-panel').getByTestId('ndv-items-count').waitFor();
	}

	/** The node of this name on the canvas. */
	node(name: string): Locator {
		return this.page.locator(`[data-test-id=canvas-node][data-node-name=${JSON.stringify(name)}]`);
	}

	override async findNode(text: string, node: string): Promise<void> {
		await this.enter(this.page.getByTestId('node-creator-search-bar'), text);
		await this.nodePanelItem(node).first().waitFor();
	}

	protected override async enter(field: Locator, text: string): Promise<void> {
		if (!(await field.evaluate(hasFocus))) await field.click();
		await field.press('ControlOrMeta+a');
		await field.pressSequentially(text);
	}

	/** Notices go by themselves; no person closes them to go on. */
	override async closeNotices(): Promise<void> {
		await this.uncounted(async () => await super.closeNotices());
	}

	private async uncounted(act: () => Promise<void>): Promise<void> {
		this.isCounting = false;
		await act();
		this.isCounting = true;
	}

	/** Takes a picture of what there is to see of a step. */
	async show(shown: Shown, file: string, theme: 'light' | 'dark' = 'light'): Promise<void> {
		await this.page.emulateMedia({ colorScheme: theme });
		const asTable = this.panel.getByTestId('output-panel').getByTestId('radio-button-table').filter({ visible: true });
		if (shown === 'output' && (await asTable.count()) > 0) await this.uncounted(async () => await asTable.click());
		await this.settle();
		await this.page.screenshot({ path: file, clip: await this.areaOf(shown) });
	}

	private async areaOf(shown: Shown): Promise<Area> {
		if (shown === 'canvas') return await this.areaOfNodes();
		const place = this.panel.getByTestId(shown === 'output' ? 'output-panel' : 'node-parameters');
		const box = await place.boundingBox();
		assert(box, `There is nothing to see of "${shown}".`);
		return shown === 'output' ? { ...box, height: Math.min(box.height, HEIGHT_OF_OUTPUT) } : box;
	}

	/** The nodes on the canvas, with their names and what leads on from them. */
	private async areaOfNodes(): Promise<Area> {
		const boxes = await Promise.all((await this.page.getByTestId('canvas-node').all()).map(async (node) => await node.boundingBox()));
		const nodes = boxes.flatMap((box) => box ?? []);
		const [left, top] = [Math.min(...nodes.map(({ x }) => x)), Math.min(...nodes.map(({ y }) => y))];
		const [right, bottom] = [Math.max(...nodes.map(({ x, width }) => x + width)), Math.max(...nodes.map(({ y, height }) => y + height))];
		return { x: left - AROUND.left, y: top - AROUND.top, width: right - left + AROUND.left + AROUND.right, height: bottom - top + AROUND.top + AROUND.bottom };
	}
}

/** In pixels: the first rows of a table. */
const HEIGHT_OF_OUTPUT = 330;

/** In pixels: room for names below the nodes, and for what leads on behind the last one. */
const AROUND = { left: 50, right: 130, top: 20, bottom: 100 };

interface Area {
	x: number;
	y: number;
	width: number;
	height: number;
}

/** Runs in the browser, on a field. */
const hasFocus = (field: unknown): boolean => field === (globalThis as unknown as { document: { activeElement: unknown } }).document.activeElement;

/** Runs in the browser. A field is typed into when keys follow a press of the mouse, or open it. */
const WATCH = `
	let isTyping = false;
	addEventListener('pointerdown', ({ isTrusted }) => {
		isTyping = false;
		if (isTrusted) window.seenOfHands('clicks');
	}, true);
	addEventListener('keydown', ({ isTrusted, key, ctrlKey, metaKey }) => {
		if (!isTrusted || isTyping || key.length > 1 || ctrlKey || metaKey) return;
		isTyping = true;
		window.seenOfHands('fields');
	}, true);
`;

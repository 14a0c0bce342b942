// n8n's editor, handled as a person handles it: by what is to be seen.
import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';

/** The rows of the table on its first page, each cell as it reads. */
export interface Table {
	columns: string[];
	rows: string[][];
	/** As it stands above the table, such as "50 items". */
	count: string;
}

/** The editor in one page of a browser. What takes too long rejects with the name of what was waited for. */
export class Editor {
	/** What the browser's console held of errors; those of look-ups of other hosts are left out, as this browser is cut off from them. */
	readonly errors: string[] = [];
	readonly panel: Locator;

	constructor(readonly page: Page, readonly url: string) {
		this.panel = page.getByTestId('ndv');
		page.on('pageerror', ({ message }) => this.errors.push(message));
		page.on('console', (message) => {
			const { url: source } = message.location();
			if (message.type() === 'error' && source.startsWith(url)) this.errors.push(`${message.text()} (${source.slice(url.length)})`);
		});
	}

	/** A new workflow, with the node panel open. */
	async newWorkflow(): Promise<void> {
		await this.page.goto(`${this.url}/workflow/new`);
		await this.page.getByTestId('canvas-add-button').click();
		await this.page.getByTestId('node-creator-search-bar').waitFor();
	}

	/** A saved workflow, with the panel of one of its nodes open. */
	async openNode(workflowId: string, node: string): Promise<void> {
		await this.page.goto(`${this.url}/workflow/${workflowId}`);
		await this.page.locator(`[data-test-id=canvas-node][data-node-name=${JSON.stringify(node)}]`).dblclick();
		await this.panel.waitFor();
	}

	/** Types into the search of the node panel and waits until a node of this name is listed. */
	async findNode(text: string, node: string): Promise<void> {
		const search = this.page.getByTestId('node-creator-search-bar');
		await search.fill('no node has this name');
		await this.nodePanelItem(node).waitFor({ state: 'detached' });
		await this.enter(search, text);
		await this.nodePanelItem(node).waitFor().catch(async () => {
			const listed = await this.page.getByTestId('node-creator-item-name').allInnerTexts();
			assert.fail(`"${text}" does not find "${node}" but ${listed.join(', ') || 'nothing'}.`);
		});
	}

	/** Clicks the node that was found, waits until these actions are listed, and returns the names of all that are. */
	async actionsOf(node: string, actions: readonly string[]): Promise<string[]> {
		await this.nodePanelItem(node).click();
		await this.openActions(actions[0] ?? '');
		for (const action of actions) await this.nodePanelItem(action).first().waitFor();
		return await this.page.getByTestId('node-creator-item-name').allInnerTexts();
	}

	/** Of a node that has triggers too, n8n lists both kinds and opens one of them. */
	private async openActions(first: string): Promise<void> {
		const heading = this.page.getByTestId('node-creator-category-item').filter({ hasText: /Actions/ }).first();
		await this.nodePanelItem(first).first().or(heading).first().waitFor();
		if ((await this.nodePanelItem(first).count()) === 0) await heading.click();
	}

	/** Clicks an action, whereupon the panel of the new node opens. */
	async pickAction(action: string): Promise<void> {
		await this.nodePanelItem(action).click();
		await this.panel.waitFor();
	}

	protected nodePanelItem(name: string): Locator {
		return this.page.getByTestId('node-creator-item-name').filter({ hasText: whole(name) });
	}

	/** Picks a credential by its name from those that the node offers, and returns them all. */
	async chooseCredential(name: string): Promise<string[]> {
		const offered = this.page.locator('[data-test-id^=node-credentials-select-item]');
		const chosen = offered.filter({ has: this.page.getByText(name, { exact: true }) });
		let names: string[] = [];
		const choose = async () => {
			await chosen.waitFor({ timeout: 3_000 });
			names = await offered.allInnerTexts();
			await chosen.click({ timeout: 5_000 });
		};
		// The list closes by itself where another field has just changed the kind of credential, or the panel is drawn anew.
		await this.until(`"${name}" can be chosen`, async () => {
			await this.panel.getByTestId('node-credentials-select').click();
			return await choose().then(() => true, () => false);
		});
		const shown = this.panel.getByTestId('node-credentials-select').locator('input');
		await this.until(`"${name}" is chosen`, async () => (await shown.inputValue()) === name);
		return names;
	}

	/** Opens the list of a resource locator, types into its search, picks an entry; returns what was listed before and after. */
	async searchLocator(parameter: string, text: string, entry: string): Promise<{ all: string[]; found: string[] }> {
		const items = this.page.getByTestId('rlc-item');
		await this.panel.getByTestId(`resource-locator-${parameter}`).getByTestId('rlc-input').click();
		await items.first().waitFor();
		const all = await items.allInnerTexts();
		const answered = this.page.waitForResponse((response) => response.url().includes('/dynamic-node-parameters/resource-locator-results'));
		await this.enter(this.page.getByTestId('rlc-search'), text);
		await answered;
		const unwanted = items.filter({ hasNotText: new RegExp(escaped(text), 'i') });
		await this.until(`the list shows what fits "${text}" only`, async () => (await unwanted.count()) === 0 && (await items.count()) > 0);
		const found = await items.allInnerTexts();
		await items.filter({ hasText: whole(entry) }).click();
		const shown = await this.panel.getByTestId(`resource-locator-${parameter}`).getByTestId('rlc-input').inputValue();
		assert.equal(shown, entry);
		return { all, found };
	}

	/** Picks from a dropdown; returns the names of all its choices. */
	async pick(parameter: string, choice: string): Promise<string[]> {
		return await pickFrom(this.parameter(parameter), choice);
	}

	/** Fills in a parameter of plain text; among several of one name, that of the entry added last. */
	async fill(parameter: string, value: string): Promise<void> {
		await this.enter(this.parameter(parameter).last().locator('input, textarea'), value);
		// n8n takes over what is typed after a pause, by a timer in the page; this one, set later and longer, ends after it.
		await this.page.evaluate('new Promise((resolve) => setTimeout(resolve, 400))');
	}

	/** Enters a text into a field in place of what is there. */
	protected async enter(field: Locator, text: string): Promise<void> {
		await field.fill(text);
	}

	/** Picks an entry of a collection such as Filters, by what stands on its button. */
	async addToCollection(button: string, entry: string): Promise<void> {
		await this.panel.getByPlaceholder(button, { exact: true }).click();
		await this.page.locator('.el-select-dropdown__item').filter({ visible: true, hasText: whole(entry) }).click();
	}

	/** Adds an entry to a list of entries such as Query Parameters, by what stands on its button. */
	async addRow(button: string): Promise<void> {
		const inputs = this.panel.getByTestId('parameter-input');
		const before = await inputs.count();
		await this.panel.getByRole('button', { name: button, exact: true }).click();
		await this.until('the new entry is there', async () => (await inputs.count()) > before);
	}

	parameter(name: string): Locator {
		return this.panel.getByTestId(`parameter-input-${name}`);
	}

	/** Presses "Execute step" and waits for its end; returns what n8n says of it. */
	async executeStep(): Promise<string> {
		await this.closeNotices();
		await this.panel.getByTestId('node-execute-button').click();
		const notice = this.page.locator('.el-notification').filter({ hasText: END_OF_RUN }).first();
		await notice.waitFor({ timeout: 60_000 });
		const said = await notice.innerText();
		await this.closeNotices();
		return said.replaceAll('\n', ' ');
	}

	/** What the output panel shows as a table. */
	async table(): Promise<Table> {
		const output = this.panel.getByTestId('output-panel');
		await output.getByTestId('radio-button-table').click();
		const table = output.locator('table');
		await table.waitFor();
		const count = (await output.getByTestId('ndv-items-count').innerText()).trim();
		const [columns = [], ...rows] = await table.evaluate(allCells); // at once, as n8n may draw the table anew at any time
		return { columns, rows, count };
	}

	/** The message and the description of the error in the output panel. */
	async error(): Promise<{ message: string; description: string }> {
		const output = this.panel.getByTestId('output-panel');
		const [message, description] = ['node-error-message', 'node-error-description'].map(async (id) => (await output.getByTestId(id).innerText()).trim());
		return { message: (await message) ?? '', description: (await description) ?? '' };
	}

	/** The hints above the output. */
	async hints(): Promise<string[]> {
		const hints = this.panel.getByTestId('output-panel').getByTestId('node-hint');
		await hints.first().waitFor();
		return (await hints.allInnerTexts()).map((text) => text.trim());
	}

	/** The columns of a resource mapper that are there to be filled in, and those that can be added. */
	async mappedColumns(): Promise<{ shown: string[]; toAdd: string[] }> {
		const mapper = this.panel.getByTestId('mapping-fields-container');
		await mapper.getByTestId('input-label').nth(1).waitFor(); // the first one is the title of them all
		const [, ...shown] = await mapper.getByTestId('input-label').allInnerTexts();
		// Where all are shown there is nothing to add.
		const isComplete = (await mapper.getByTestId('add-fields-select').count()) === 0;
		if (isComplete) return { shown: shown.map(firstLine), toAdd: [] };
		await mapper.getByTestId('add-fields-select').click();
		const choices = this.page.getByRole('menuitem').filter({ visible: true, hasText: /\S/ });
		await choices.first().waitFor({ timeout: 3_000 }).catch(() => undefined);
		return { shown: shown.map(firstLine), toAdd: (await choices.allInnerTexts()).map(firstLine) };
	}

	/** Makes room for the table, as one does by dragging the parameters to the left. */
	async widenOutput(): Promise<void> {
		const handle = await this.panel.getByTestId('panel-drag-button').boundingBox();
		assert(handle, 'The panel has no handle.');
		const [x, y] = [handle.x + handle.width / 2, handle.y + handle.height / 2];
		await this.page.mouse.move(x, y);
		await this.page.mouse.down();
		await this.page.mouse.move(ROOM_FOR_OUTPUT, y, { steps: 8 });
		await this.page.mouse.up();
		await this.parameter('resource').scrollIntoViewIfNeeded();
	}

	/** Waits until nothing moves, loads or covers, so that a picture can be taken. */
	async settle(): Promise<void> {
		await this.closeNotices();
		await this.page.mouse.move(NOWHERE.x, NOWHERE.y);
		const focused = this.page.locator(':focus');
		if ((await focused.count()) > 0) await focused.blur();
		await this.until('the editor is at rest', async () => !(await this.isBusy()));
	}

	private async isBusy(): Promise<boolean> {
		const inTheWay = this.page.locator(IN_THE_WAY).filter({ visible: true });
		const loading = this.page.getByText(/^Loading( options)?(…|\.\.\.)/).filter({ visible: true });
		const moving = await this.page.evaluate<boolean>('document.getAnimations().some(({ playState }) => playState === "running")');
		return moving || (await inTheWay.count()) + (await loading.count()) > 0;
	}

	async closeNotices(): Promise<void> {
		const notices = this.page.locator('.el-notification');
		// One that goes by itself meanwhile needs no click.
		for (const notice of await notices.all()) await notice.locator('.el-notification__closeBtn').click({ timeout: 2_000 }).catch(() => undefined);
		await this.until('the notices are gone', async () => (await notices.count()) === 0);
	}

	/** Takes a picture of the whole window in a theme. */
	async picture(file: string, theme: 'light' | 'dark'): Promise<void> {
		await this.page.emulateMedia({ colorScheme: theme });
		await this.settle();
		await this.page.screenshot({ path: file });
	}

	/** Asks until it is so; throws after 20 s. */
	async until(what: string, isSo: () => Promise<boolean>): Promise<void> {
		const deadline = Date.now() + 20_000;
		while (!(await isSo())) {
			assert(Date.now() < deadline, `It did not come to pass that ${what}.`);
			await new Promise((resolve) => setTimeout(resolve, 50));
		}
	}
}

/** Picks a choice from a dropdown, and returns the names of all its choices. */
export async function pickFrom(dropdown: Locator, choice: string): Promise<string[]> {
	await dropdown.locator('input').click(); // which waits while choices are being loaded
	const choices = dropdown.page().locator('.el-select-dropdown__item .option-headline').filter({ visible: true });
	await choices.filter({ hasText: whole(choice) }).waitFor();
	const names = await choices.allInnerTexts();
	await choices.filter({ hasText: whole(choice) }).click();
	return names.map((name) => name.trim());
}

/** How n8n tells that a step has ended, or that it could not begin. */
const END_OF_RUN = /executed successfully|Problem in node|cannot start/;

/** Runs in the browser, on a table. */
const allCells = (table: unknown): string[][] =>
	[...(table as { rows: Iterable<{ cells: Iterable<{ innerText: string }> }> }).rows].map((row) => [...row.cells].map((cell) => cell.innerText.trim()));

/** Where the handle of the parameters is dragged to, in pixels from the left: the names of the input still fit. */
const ROOM_FOR_OUTPUT = 520;
/** A place without anything that reacts to the mouse. */
const NOWHERE = { x: 720, y: 4 };
/** What is seen while something loads, or while a menu or tooltip is open. */
const IN_THE_WAY = '.el-loading-mask, .el-skeleton, .n8n-spinner, .el-popper, [role=tooltip], [data-test-id=resource-locator-dropdown]';

const firstLine = (text: string) => text.trim().split('\n')[0]?.trim() ?? '';
const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
const whole = (text: string) => new RegExp(`^\\s*${escaped(text)}\\s*$`);

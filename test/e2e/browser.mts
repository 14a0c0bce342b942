// Takes a picture of the editor with a finished run: `npx tsx test/e2e/screenshot.mts --help`
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { chromium, type Browser, type Page } from 'playwright-core';
import type { Account } from '../../demo/api.mts';
import { demoAccount } from '../../demo/examples.mts';

export interface Picture {
	/** Address of n8n. */
	url: string;
	account: Account;
	workflowId: string;
	/** The node whose panel is opened; without it, the canvas is taken. */
	node?: string;
	theme: 'light' | 'dark';
	/** The PNG to write. */
	file: string;
}

const chromiumFile = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((file) => existsSync(file));

/** A headless browser that reaches nothing but this machine. */
export async function openBrowser(): Promise<Browser> {
	if (!chromiumFile) throw new Error('Chromium is missing. On Debian and Ubuntu: apt-get install -y chromium');
	return await chromium.launch({
		executablePath: chromiumFile,
		args: [
			'--no-sandbox',
			'--disable-gpu',
			'--disable-quic',
			'--no-first-run',
			'--disable-background-networking',
			'--disable-component-update',
			'--disable-sync',
			'--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost',
		],
	});
}

/** Opens the editor, signed in. */
export async function signedIn(browser: Browser, url: string, { email, password }: Account, theme: 'light' | 'dark'): Promise<Page> {
	const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, deviceScaleFactor: 1.25, colorScheme: theme });
	const page = await context.newPage();
	await page.goto(`${url}/signin`);
	await page.fill('input[name=emailOrLdapLoginId]', email);
	await page.fill('input[name=password]', password);
	await page.click('[data-test-id=form-submit-button]');
	await page.waitForURL((address) => !address.pathname.startsWith('/signin'));
	return page;
}

/** Opens a workflow, runs it to its end, and opens the panel of a node with its output. */
export async function takePicture(browser: Browser, { url, account, workflowId, node, theme, file }: Picture): Promise<void> {
	const page = await signedIn(browser, url, account, theme);
	await page.goto(`${url}/workflow/${workflowId}`);
	await page.click('[data-test-id=execute-workflow-button]');
	const notice = page.locator('.el-notification').first();
	await notice.waitFor({ timeout: 120_000 });
	const said = await notice.innerText();
	if (!/success/i.test(said)) throw new Error(`The workflow did not end well: ${said.replaceAll('\n', ' ')}`);
	await notice.locator('.el-notification__closeBtn').click();
	if (node !== undefined) {
		await page.locator(`[data-test-id=canvas-node][data-node-name=${JSON.stringify(node)}]`).dblclick();
		await page.locator('[data-test-id=ndv]').waitFor();
		await page.locator('[data-test-id=output-panel] table, [data-test-id=output-panel] [data-test-id=ndv-data-container]').first().waitFor();
	}
	await page.waitForTimeout(500); // animations
	await page.screenshot({ path: file });
	await page.context().close();
}

async function fromCommandLine(): Promise<void> {
	const text = { type: 'string' } as const;
	const { values } = parseArgs({ options: { url: text, workflow: text, node: text, theme: text, out: text, help: { type: 'boolean' } } });
	const { url = 'http://127.0.0.1:5678', workflow, node, theme, out } = values;
	if (values.help || !workflow || !out || (theme !== undefined && theme !== 'light' && theme !== 'dark')) {
		console.log('screenshot.mts --workflow <id> --out <file.png> [--node <name>] [--theme light|dark] [--url http://127.0.0.1:5678]');
		return;
	}
	const browser = await openBrowser();
	try {
		await takePicture(browser, { url, account: demoAccount, workflowId: workflow, node, theme: theme ?? 'light', file: out });
	} finally {
		await browser.close();
	}
}

if (process.argv[1]?.endsWith('screenshot.mts')) {
	fromCommandLine().catch((error: unknown) => {
		console.error(error instanceof Error ? error.message : error);
		process.exitCode = 1;
	});
}

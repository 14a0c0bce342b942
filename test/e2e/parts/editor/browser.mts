// A headless Chromium, and n8n's editor in it.
import { chromium, selectors, type Browser, type Page } from 'playwright-core';
import type { Account } from '../../../../demo/api.mts';
import { programFile } from '../../../../demo/debian.mjs';

/** What a person has on their desk; n8n's panels need the width. */
const SCREEN = { width: 1440, height: 900 };
/** Sharp enough for text on fine screens, in files that are not too large. */
const SCALE = 1.2;
/** For whatever the editor has to show after a click, in ms: far more than it takes, as two cores do all the work. */
const PATIENCE_MS = 20_000;

/** A browser that reaches nothing but this machine. */
export async function openBrowser(): Promise<Browser> {
	const executablePath = programFile('chromium');
	if (!executablePath) throw new Error('Chromium is missing. On Debian and Ubuntu: apt-get install -y chromium');
	selectors.setTestIdAttribute('data-test-id'); // n8n's
	return await chromium.launch({
		executablePath,
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

/** A page of n8n, signed in. */
export async function signedIn(browser: Browser, url: string, { email, password }: Account): Promise<Page> {
	const context = await browser.newContext({ viewport: SCREEN, deviceScaleFactor: SCALE, colorScheme: 'light' });
	const page = await context.newPage();
	page.setDefaultTimeout(PATIENCE_MS);
	await page.goto(`${url}/signin`);
	await page.fill('input[name=emailOrLdapLoginId]', email);
	await page.fill('input[name=password]', password);
	await page.getByTestId('form-submit-button').click();
	await page.waitForURL((address) => !address.pathname.startsWith('/signin'));
	return page;
}

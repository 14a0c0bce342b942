// n8n's dialog for a credential, filled in as a person does it.
import type { IDataObject } from 'n8n-workflow';
import type { Locator, Page } from 'playwright-core';
import { pickFrom, type Editor } from './editor.mts';

export class CredentialDialog {
	private readonly page: Page;
	private readonly dialog: Locator;

	constructor(private readonly editor: Editor) {
		this.page = editor.page;
		this.dialog = this.page.getByTestId('editCredential-modal');
	}

	/** Opens the dialog of a new credential, found by the title of its type. */
	async open(title: string): Promise<void> {
		await this.page.goto(new URL('home/credentials/create', this.editor.url).href);
		await this.page.getByTestId('new-credential-type-select').locator('input').fill(title);
		await this.page.getByTestId('new-credential-type-select-option').getByText(title, { exact: true }).click();
		await this.page.getByTestId('new-credential-type-button').click();
		await this.dialog.waitFor();
	}

	/** Enters values by field, as they read on the screen, and saves, whereupon n8n tests the connection. */
	async enter(values: IDataObject): Promise<void> {
		for (const [field, value] of Object.entries(values)) {
			const input = this.dialog.getByTestId(`parameter-input-${field}`);
			if ((await input.locator('.el-select').count()) > 0) await pickFrom(input, String(value));
			else await input.locator('input, textarea').first().fill(String(value));
		}
		await this.dialog.getByTestId('credential-save-button').click();
	}

	/** Why the connection could not be made, as it stands behind "More details". */
	async refusal(): Promise<string> {
		await this.dialog.getByText('More details').filter({ visible: true }).click();
		const [, banner = ''] = (await this.dialog.innerText()).split('connect with these settings');
		return banner.split('\n').map((line) => line.trim()).find((line) => line !== '' && line !== 'Retry') ?? '';
	}

	/** Waits for "Connection tested successfully". */
	async passed(): Promise<void> {
		await this.dialog.getByTestId('credentials-config-container-test-success').getByText('Connection tested successfully').waitFor();
	}

	/** Has n8n test once more, by the button beside the sentence. */
	async retry(): Promise<void> {
		const answered = this.page.waitForResponse((response) => response.url().endsWith('/rest/credentials/test'));
		await this.dialog.getByTestId('credentials-config-container-test-success').getByText('Retry').click();
		await answered;
		await this.passed();
	}

	/** Closes the dialog and returns the name that n8n has given to the credential. */
	async close(): Promise<string> {
		const name = await this.dialog.getByTestId('credential-name').innerText();
		await this.dialog.locator('.el-dialog__headerbtn').click();
		await this.dialog.waitFor({ state: 'hidden' });
		await this.editor.closeNotices();
		return name.split('\n')[0]?.trim() ?? '';
	}
}

import assert from 'node:assert/strict';
import type { IDataObject } from 'n8n-workflow';
import type { CredentialInput } from '../../../../demo/api.mts';
import { exampleCredentials } from '../../../../demo/credentials.mts';
import type { Checks } from '../../checks.mts';
import { CredentialDialog } from './credentialDialog.mts';
import type { Editor } from './editor.mts';
import type { Server } from '../../server.mts';

/** By credential type: the name of the credential that was entered by hand. */
export type Entered = Map<string, string>;

/** The field that is entered wrongly at first. */
const SECRETS: Readonly<Record<string, string>> = {
	accuticsApi: 'token',
	enDocsCloudApi: 'apiToken',
	entoApi: 'apiKey',
	entuApi: 'apiKey',
	smartConnectApi: 'password',
	smartConnectRestApi: 'password',
};
const WRONG = 'wrong-but-secret-1';

/** Enters a credential of each type in n8n's dialog: first with a wrong secret, then rightly, each time with its test. */
export async function enterCredentials({ check }: Checks, server: Server, editor: Editor): Promise<Entered> {
	const entered: Entered = new Map();
	for (const credential of exampleCredentials(server.sandboxUrl)) {
		const { type, data } = credential;
		const secret = SECRETS[type] ?? 'none';
		const title = await titleOf(server, type);
		await check(`${title}: a wrong secret is told in the credential's dialog, the right one is "tested successfully"`, async () => {
			const dialog = new CredentialDialog(editor);
			await dialog.open(title);
			await dialog.enter({ ...asRead(data), [secret]: WRONG });
			assertHelps(await dialog.refusal());
			await dialog.enter({ [secret]: data[secret] });
			await dialog.passed();
			await dialog.retry();
			entered.set(type, await dialog.close());
			await addAnother(server, credential);
		});
	}
	return entered;
}

async function titleOf({ api }: Server, type: string): Promise<string> {
	const described = await api.call<Array<{ name: string; displayName: string }>>('GET', '/types/credentials.json');
	return described.find(({ name }) => name === type)?.displayName ?? type;
}

/** The values as a person sees them: of a dropdown the name of the choice. */
function asRead(data: IDataObject): IDataObject {
	return data.region === 'custom' ? { ...data, region: 'Other Address' } : data;
}

/** n8n chooses the newest credential by itself: this one is wrong, so that the other must be picked. */
async function addAnother({ api }: Server, { type, data }: CredentialInput): Promise<void> {
	await api.createCredential({ type, name: `Another ${type}`, data: { ...data, [SECRETS[type] ?? 'none']: WRONG } });
}

/** A sentence to act on, which does not repeat the secret. */
function assertHelps(message: string): void {
	assert(message.length > 40 && /key|password|secret|token/i.test(message), `The message does not help: "${message}"`);
	assert(!message.includes(WRONG), 'The message repeats the secret.');
}

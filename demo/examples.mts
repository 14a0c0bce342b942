// What a new n8n is filled with: the owner's account, a credential for each service of the sandbox, the example workflows.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { Account, CredentialInput, ExampleWorkflow, N8nApi } from './api.mts';
import { exampleCredentials } from './credentials.mts';

/** The account everybody may know: this n8n listens on loopback only. */
export const demoAccount: Account = { email: 'demo@backoffice.example', password: 'Backoffice-1', firstName: 'Demo', lastName: 'Owner' };

/** An example workflow and the file it comes from, relative to `workflows/`. */
export interface Example {
	file: string;
	workflow: ExampleWorkflow;
}

/** What has been imported into an n8n so far. */
export interface Imported {
	/** By name: n8n's id, and the values we gave it. */
	credentials: Record<string, { id: string; data: CredentialInput['data'] }>;
	/** By file: n8n's id. */
	workflows: Record<string, string>;
}

/** All of `workflows/**\/*.json`, in the order of their paths; what all services share comes last, so that n8n, which shows the newest first, begins with it. */
export function exampleWorkflows(root: string): Example[] {
	const folder = path.join(root, 'workflows');
	if (!existsSync(folder)) return [];
	const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json'));
	const isShared = (file: string) => Number(path.dirname(file) === '.');
	return files.sort().sort((a, b) => isShared(a) - isShared(b)).map((file) => ({ file, workflow: JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as ExampleWorkflow }));
}

/** Whether an n8n lacks an example, or has one whose sandbox has moved to another port. */
export function isComplete(imported: Imported, root: string, sandboxUrl: string): boolean {
	const credentials = exampleCredentials(sandboxUrl).every(({ name, data }) => isSame(imported.credentials[name]?.data, data));
	return credentials && exampleWorkflows(root).every(({ file }) => file in imported.workflows);
}

/**
 * Imports what is not yet there. What a person has changed since stays: an imported workflow is never touched again, a
 * credential only follows the sandbox to a new port while it still points to the old one.
 */
export async function importExamples(api: N8nApi, imported: Imported, root: string, sandboxUrl: string): Promise<void> {
	for (const credential of exampleCredentials(sandboxUrl)) {
		const before = imported.credentials[credential.name];
		if (isSame(before?.data, credential.data)) continue;
		const id = before ? await follow(api, before, credential) : await api.createCredential(credential);
		imported.credentials[credential.name] = { id, data: credential.data };
	}
	for (const { file, workflow } of exampleWorkflows(root)) {
		if (file in imported.workflows) continue;
		imported.workflows[file] = await api.createWorkflow(workflow);
	}
}

async function follow(api: N8nApi, before: Imported['credentials'][string], credential: CredentialInput): Promise<string> {
	const current = await api.getCredential(before.id).catch(() => undefined);
	if (current && isSame(addresses(current.data), addresses(before.data))) await api.updateCredential(before.id, credential);
	return before.id;
}

/** The values of a credential that are addresses; secrets come back masked and cannot be compared. */
function addresses(data: CredentialInput['data']): unknown[] {
	return Object.entries(data).filter(([, value]) => /^https?:/.test(String(value))).sort();
}

const isSame = (left: unknown, right: unknown) => JSON.stringify(left) === JSON.stringify(right);

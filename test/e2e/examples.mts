import { exampleCredentials } from '../../demo/credentials.mts';
import type { Server } from './server.mts';

/** Saves those example credentials that this n8n lacks; by type: the id of each. Workflows find them by their names. */
export async function saveExamples({ api, sandboxUrl }: Server): Promise<Record<string, string>> {
	const { data } = await api.call<{ data: { id: string; name: string }[] }>('GET', '/rest/credentials');
	const ids: Record<string, string> = {};
	for (const credential of exampleCredentials(sandboxUrl)) {
		ids[credential.type] = data.find(({ name }) => name === credential.name)?.id ?? (await api.createCredential(credential));
	}
	return ids;
}

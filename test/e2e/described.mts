// What n8n's server hands out about our nodes and credentials, as its editor gets it.
import type { ICredentialType, INodeTypeDescription } from 'n8n-workflow';
import { packageJson, type Server } from './server.mts';

type Icons = { iconUrl?: string | { light: string; dark: string } };
export type DescribedNode = INodeTypeDescription & Icons;
export type DescribedCredential = Omit<ICredentialType, 'iconUrl'> & Icons & { supportedNodes?: string[] };

/** All nodes of the package, tools of AI agents left out. */
export async function describedNodes({ api }: Server): Promise<DescribedNode[]> {
	const all = await api.call<DescribedNode[]>('GET', '/types/nodes.json');
	return all.filter(({ name }) => name.startsWith(`${packageJson().name}.`) && !name.endsWith('Tool'));
}

/** All credential types of the package. */
export async function describedCredentials({ api }: Server): Promise<DescribedCredential[]> {
	const all = await api.call<DescribedCredential[]>('GET', '/types/credentials.json');
	return all.filter(({ supportedNodes = [] }) => supportedNodes.some((name) => name.startsWith(`${packageJson().name}.`)));
}

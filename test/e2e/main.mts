import { demoAccount } from '../../demo/examples.mts';
import { duration } from '../../scripts/install.mjs';
import { Checks } from './checks.mts';
import { checkCredentials } from './credentials.mts';
import { checkLoading } from './loading.mts';
import { startServer } from './server.mts';
import { checkWorkflows } from './workflows.mts';

/** The whole check against a real n8n; prints its lines and resolves with whether all passed. */
export async function endToEnd(): Promise<boolean> {
	const begun = Date.now();
	const checks = new Checks();
	const server = await startServer();
	try {
		console.log(`n8n is ready after ${duration(Date.now() - begun)}; our package is ${server.tarballBytes} bytes packed.`);
		await server.api.setUpOwner(demoAccount);
		await checks.section('n8n loads the published package', () => checkLoading(checks, server));
		await checks.section('Credential tests', () => checkCredentials(checks, server));
		await checks.section('Example workflows', () => checkWorkflows(checks, server));
	} finally {
		if (checks.failed > 0) console.log(`\nThe end of n8n's log:\n${server.logTail()}`);
		await server.stop();
	}
	console.log(`\n${checks.passed} passed, ${checks.failed} failed`);
	return checks.failed === 0;
}

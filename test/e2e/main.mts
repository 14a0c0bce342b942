import { installPrograms } from '../../demo/debian.mjs';
import { duration } from '../../scripts/install.mjs';
import { Told } from '../../scripts/processes.mjs';
import { Checks } from './checks.mts';
import { parts, type Part } from './parts.mts';
import { writeReport } from './report.mts';
import { startServer, type Server } from './server.mts';

/**
 * Proves the package in a real n8n of a release; prints a line for each check and resolves with whether all passed.
 * `names` are the parts to run, all but the long ones if there are none. With `write` the pictures of the docs are renewed, and after a run of
 * all parts docs/proof.md.
 */
export async function endToEnd(release: string, names: readonly string[], write: boolean): Promise<boolean> {
	const begun = Date.now();
	const checks = new Checks(write);
	await runParts(checks, release, names);
	console.log(`\nIn all ${duration(Date.now() - begun)}.`);
	if (write && names.length === 0) writeReport(checks, release, Date.now() - begun);
	console.log(`${checks.passed} passed, ${checks.failed} failed`);
	return checks.failed === 0;
}

/** Runs parts, all but the long ones if none is named, and repeats at the end what failed. */
export async function runParts(checks: Checks, release: string, names: readonly string[]): Promise<void> {
	const chosen = choose(names);
	await installPrograms([...new Set(chosen.flatMap(({ needs = [] }) => needs))]);
	await runOnShared(checks, release, chosen);
	for (const part of chosen) if ('alone' in part) await checks.section(part.title, () => part.alone(checks, release));
	const failures = checks.sections.flatMap((section) => section.checks.filter(({ failure }) => failure !== undefined));
	if (failures.length > 0) console.log(`\nFailed:\n${failures.map(({ name, failure }) => `  ${name}: ${failure}`).join('\n')}`);
}

function choose(names: readonly string[]): readonly Part[] {
	const unknown = names.filter((name) => !parts.some((part) => part.name === name));
	if (unknown.length > 0) throw new Told(`No part "${unknown.join('", "')}". There are: ${parts.map(({ name }) => name).join(', ')}.`);
	return names.length === 0 ? parts.filter(({ isLong }) => !isLong) : parts.filter(({ name }) => names.includes(name));
}

async function runOnShared(checks: Checks, release: string, chosen: readonly Part[]): Promise<void> {
	const sharing = chosen.flatMap((part) => ('onShared' in part ? [part] : []));
	if (sharing.length === 0) return;
	let server: Server | undefined;
	await checks.section(`n8n ${release}`, async () => {
		server = await checks.check('starts, and installs the package from a registry', async () => await startServer(release));
	});
	if (!server) return;
	const started = server;
	try {
		for (const part of sharing) await checks.section(part.title, () => part.onShared(checks, started));
	} finally {
		if (checks.failed > 0) console.log(`\nThe end of n8n's log:\n${started.logTail()}`);
		await started.stop();
	}
}

// n8n's package scanner as a library, offline; what n8n runs before it verifies a package.
import { analyzePackage, findPackageRoot, SOURCE_FILE_PATTERNS } from '@n8n/scan-community-package/scanner/scanner.mjs';

/**
 * The folder that n8n takes for the source of a package in an unpacked repository.
 * @param {string} repository folder
 * @param {string} name of the package
 * @returns {string | null}
 */
export const packageFolder = (repository, name) => findPackageRoot(repository, name);

/**
 * What the leg for sources finds in the folder of a package; nothing if it passes.
 * @param {string} folder
 * @returns {Promise<string>}
 */
export async function sourceFindings(folder) {
	const { passed, details, message } = await analyzePackage(folder, SOURCE_FILE_PATTERNS);
	return passed ? '' : (details ?? message);
}

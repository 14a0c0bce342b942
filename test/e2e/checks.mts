/** Runs checks one after another, prints a line for each and counts them. */
export class Checks {
	passed = 0;
	failed = 0;

	/** Runs one check; resolves with its value, or undefined if it failed. */
	async check<T>(name: string, run: () => Promise<T> | T): Promise<T | undefined> {
		const begun = Date.now();
		try {
			const value = await run();
			this.passed += 1;
			console.log(`  ok    ${name} (${Date.now() - begun} ms)`);
			return value;
		} catch (error) {
			this.failed += 1;
			console.log(`  FAIL  ${name}\n          ${(error instanceof Error ? error.message : String(error)).replaceAll('\n', '\n          ')}`);
			return undefined;
		}
	}
}

export function section(title: string): void {
	console.log(`\n${title}`);
}

/** Runs checks one after another, prints a line for each and counts them. */
export class Checks {
	passed = 0;
	failed = 0;

	/** Runs one check; resolves with its value, or undefined if it failed. */
	readonly check = async <T,>(name: string, run: () => Promise<T> | T): Promise<T | undefined> => {
		const begun = Date.now();
		try {
			const value = await run();
			this.passed += 1;
			console.log(`  ok    ${name} (${Date.now() - begun} ms)`);
			return value;
		} catch (error) {
			this.failed += 1;
			console.log(`  FAIL  ${name}\n          ${told(error).replaceAll('\n', '\n          ')}`);
			return undefined;
		}
	};

	/** A group of checks under a title; what breaks off the group counts as a failed check. */
	readonly section = async (title: string, run: () => Promise<void>): Promise<void> => {
		console.log(`\n${title}`);
		try {
			await run();
		} catch (error) {
			await this.check('all checks of this section', () => {
				throw error;
			});
		}
	};
}

function told(error: unknown): string {
	if (!(error instanceof Error)) return String(error);
	return error.cause === undefined ? error.message : `${error.message}: ${told(error.cause)}`;
}

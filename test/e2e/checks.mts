/** One part of the proof: its title in the output and in docs/proof.md, its checks and its figures. */
export interface Section {
	title: string;
	ms: number;
	checks: { name: string; ms: number; failure?: string }[];
	figures: { what: string; value: string }[];
}

/** Runs checks one after another, prints a line for each and keeps what came of it. */
export class Checks {
	readonly sections: Section[] = [];

	/** Whether the run renews docs/proof.md and the pictures of the docs. */
	constructor(readonly writesDocs = false) {}

	/** How many checks have passed so far. */
	get passed(): number {
		return this.all().filter(({ failure }) => failure === undefined).length;
	}

	/** How many have failed. */
	get failed(): number {
		return this.all().length - this.passed;
	}

	/** Runs one check; resolves with its value, or undefined if it failed. */
	readonly check = async <T,>(name: string, run: () => Promise<T> | T): Promise<T | undefined> => {
		const begun = Date.now();
		try {
			const value = await run();
			this.current().checks.push({ name, ms: Date.now() - begun });
			console.log(`  ok    ${name} (${Date.now() - begun} ms)`);
			return value;
		} catch (error) {
			const failure = told(error);
			this.current().checks.push({ name, ms: Date.now() - begun, failure });
			console.log(`  FAIL  ${name}\n          ${failure.replaceAll('\n', '\n          ')}`);
			return undefined;
		}
	};

	/** Keeps something that was measured or counted, for docs/proof.md. `value` is as people read it, with its unit. */
	readonly figure = (what: string, value: string): void => {
		this.current().figures.push({ what, value });
		console.log(`        ${what}: ${value}`);
	};

	/** A group of checks under a title; what breaks off the group counts as a failed check. */
	readonly section = async (title: string, run: () => Promise<void>): Promise<void> => {
		console.log(`\n${title}`);
		const begun = Date.now();
		const section: Section = { title, ms: 0, checks: [], figures: [] };
		this.sections.push(section);
		try {
			await run();
		} catch (error) {
			await this.check('all checks of this section', () => {
				throw error;
			});
		}
		section.ms = Date.now() - begun;
	};

	private all(): Section['checks'] {
		return this.sections.flatMap(({ checks }) => checks);
	}

	private current(): Section {
		const section = this.sections.at(-1);
		if (!section) throw new Error('Checks belong into a section.');
		return section;
	}
}

function told(error: unknown): string {
	if (!(error instanceof Error)) return String(error);
	return error.cause === undefined ? error.message : `${error.message}: ${told(error.cause)}`;
}

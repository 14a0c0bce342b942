/** The Jest worker that a test file runs in (`environment.cjs`). */
export interface JestWorker {
	/** Node's own require: what it loads is evaluated once per worker. */
	readonly require: NodeJS.Require;
	/** What stays from one test file to the next. */
	readonly kept: Map<string, unknown>;
}

/** Undefined outside of Jest, where a process is no more than one program. */
export const jestWorker = (globalThis as { jestWorker?: JestWorker }).jestWorker;

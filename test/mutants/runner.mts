/** A copy of the project in a folder of its own, in which mutants are tried: whatever happens there, the checkout stays as it is. */
import { fork, execFileSync, type ChildProcess } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import ts from 'typescript';

/** A worker that has grown beyond this is replaced by a new one, bytes. */
const MOST_MEMORY = 2_500_000_000;
/** What a test file gets beyond three times what it takes without a mutant, milliseconds: one test may wait until its own time-out. */
const PATIENCE_MS = 45_000;

export interface Verdict {
	/** The file and the test that failed; undefined if all passed. */
	readonly killedBy?: { readonly file: string; readonly test: string };
	readonly why?: string;
	/** Whether the process of the tests has ended. */
	readonly isEnd?: true;
	/** How many tests ran. */
	readonly tests: number;
	/** Names of the probes that were met, where there are any (`probes.mts`). */
	readonly probed?: readonly string[];
}

interface Report {
	begun?: string;
	ended?: string;
	ms?: number;
	failed?: string;
	why?: string;
	done?: boolean;
	success?: boolean;
	tests?: number;
	probed?: string[];
	memory?: number;
	error?: string;
}

const { compilerOptions } = ts.readConfigFile('tsconfig.json', (file) => readFileSync(file, 'utf8')).config as { compilerOptions: unknown };
const options = ts.convertCompilerOptionsFromJson(compilerOptions, process.cwd()).options;

/** What the build makes of one source file. */
export const compiled = (source: string): string => ts.transpileModule(source, { compilerOptions: options }).outputText;
export const builtOf = (file: string): string => path.join('dist', file.replace(/\.ts$/, '.js'));

export class Workbench {
	/** How long each test file takes when it passes, by path, milliseconds. */
	readonly durations = new Map<string, number>();
	private readonly folder = mkdtempSync(path.join(tmpdir(), 'mutants-'));
	private worker: ChildProcess | undefined;

	constructor() {
		const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8' }).split('\0');
		for (const file of files) if (file !== '' && !file.startsWith('packages/')) this.copy(file);
		this.copy('dist');
		this.linkModules();
	}

	/** Packages are those of the checkout; what is kept in `.cache` is the copy's own, as another run of the tests would replace it. */
	private linkModules(): void {
		const modules = path.join(this.folder, 'node_modules');
		mkdirSync(path.join(modules, '.cache'), { recursive: true });
		for (const name of readdirSync('node_modules')) {
			if (name !== '.cache') symlinkSync(path.resolve('node_modules', name), path.join(modules, name));
		}
	}

	private copy(file: string): void {
		const target = path.join(this.folder, file);
		mkdirSync(path.dirname(target), { recursive: true });
		cpSync(file, target, { recursive: true, verbatimSymlinks: true });
	}

	/** Runs the tests with a file changed. */
	async tryMutant(file: string, source: string, tests: readonly string[]): Promise<Verdict> {
		const before = readFileSync(file, 'utf8');
		try {
			this.put(file, source);
			const verdict = await this.run(tests);
			// A process may end for another reason; one that ends twice ends because of the mutant.
			return verdict.isEnd ? await this.run(tests) : verdict;
		} finally {
			this.put(file, before);
		}
	}

	/** Puts a file at both places: tests of the kit read the source, n8n's engine what is built from it. */
	put(file: string, source: string): void {
		writeFileSync(path.join(this.folder, file), source);
		writeFileSync(path.join(this.folder, builtOf(file)), compiled(source));
	}

	/** Runs the tests as they are. */
	async tryNothing(tests: readonly string[]): Promise<Verdict> {
		return await this.run(tests);
	}

	/** In the order given, up to the first failure. */
	private async run(tests: readonly string[]): Promise<Verdict> {
		const worker = (this.worker ??= this.startWorker());
		const output: Buffer[] = [];
		const hear = (data: Buffer) => void output.push(data);
		worker.stderr?.on('data', hear);
		return await new Promise<Verdict>((resolve) => {
			let killedBy: Verdict['killedBy'];
			let why: string | undefined;
			let file = '';
			let timer: NodeJS.Timeout | undefined;
			const end = (verdict: Verdict, replace: boolean) => {
				clearTimeout(timer);
				worker.removeAllListeners('message').removeAllListeners('exit');
				worker.stderr?.off('data', hear);
				if (replace) this.stopWorker();
				resolve(verdict);
			};
			const wait = (ms: number) => {
				clearTimeout(timer);
				timer = setTimeout(() => end({ killedBy: { file, test: 'time limit' }, tests: 0 }, true), ms);
			};
			worker.on('message', (report: Report) => {
				if (report.begun) {
					file = path.relative(this.folder, report.begun);
					wait(PATIENCE_MS + 3 * (this.durations.get(file) ?? 60_000));
				}
				if (report.ended && !report.failed) this.durations.set(path.relative(this.folder, report.ended), report.ms ?? 0);
				if (report.failed) {
					killedBy ??= { file, test: report.failed };
					why ??= report.why;
				}
				if (!report.done) return;
				if (!report.success) killedBy ??= { file, test: report.error ?? 'Jest itself' };
				end({ killedBy, why, tests: report.tests ?? 0, probed: report.probed }, (report.memory ?? 0) > MOST_MEMORY);
			});
			worker.on('exit', (code, signal) => end({ killedBy: { file, test: `the process ended (${signal ?? code})` }, why: String(Buffer.concat(output)).slice(-2_000), isEnd: true, tests: 0 }, true));
			wait(PATIENCE_MS * 4);
			worker.send({ tests });
		});
	}

	private startWorker(): ChildProcess {
		return fork(path.join(this.folder, 'test/mutants/worker.mjs'), [], {
			cwd: this.folder,
			execArgv: ['--experimental-vm-modules'],
			// The same cases of property-based tests for every mutant.
			env: { ...process.env, CI: 'true' },
			stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
			// A group of its own: its sandboxes end with it.
			detached: true,
		});
	}

	/** Ends the worker; the next tests get a new one, which has loaded nothing. */
	stopWorker(): void {
		const pid = this.worker?.pid;
		this.worker = undefined;
		if (pid === undefined) return;
		try {
			process.kill(-pid, 'SIGKILL');
		} catch {
			// It has ended by itself.
		}
	}

	/** Ends the worker and deletes the copy. */
	close(): void {
		this.stopWorker();
		rmSync(this.folder, { recursive: true, force: true });
	}
}

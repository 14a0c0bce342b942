/** Which tests judge a file, nearest first. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Tests of what is not shipped: they judge no mutant. */
const OTHERS = /^test\/(sandbox|demo|support|mutants|e2e|released|[^/]+\.test\.mts$)/;

/** `shared/pages`, `Entu/wire`, `credentials`: how places are named in reports. */
export function roomOf(file: string): string {
	const [top = '', ...rest] = path.dirname(file).split('/');
	if (top === 'credentials') return 'credentials';
	return rest.slice(0, 2).join('/');
}

/** How far away tests are, in steps: up to here those of the same room or service. */
const FARTHEST_NEAR = 3;
const FARTHEST = 5;

export class Tests {
	private readonly files: Map<string, string>;
	private readonly walks: readonly string[];

	/** @param walks names of the contract tests that walk every operation: too long to judge every mutant */
	constructor(walks: readonly string[]) {
		this.walks = walks;
		const found = readdirSync('test', { recursive: true, encoding: 'utf8' }).map((name) => `test/${name.replaceAll('\\', '/')}`);
		const judges = found.filter((file) => file.endsWith('.test.mts') && !OTHERS.test(file));
		this.files = new Map(judges.map((file) => [file, readFileSync(file, 'utf8')]));
	}

	/**
	 * The quick tests that may notice a change of the file: those that import it, those of its room or service, the contract of all nodes, all services for the kit.
	 * @param onlyNear those of its room or service alone
	 */
	of(file: string, onlyNear = false): string[] {
		const quick = [...this.files.keys()].filter((test) => !this.walks.includes(test));
		const service = serviceOf(file);
		const distance = (test: string): number => {
			if (this.imports(test, file)) return 0;
			const own = service ? test.startsWith(`test/vendors/${service}/`) : test.startsWith(`test/shared/${file.split('/')[2]}/`);
			if (own) return alike(test, file) ? 1 : 2;
			if (test.startsWith('test/contract/')) return alike(test, file) ? 3 : 4;
			if (service) return Infinity;
			return test.startsWith('test/shared/') ? 3 : 5;
		};
		return quick
			.map((test) => ({ test, far: distance(test) }))
			.filter(({ far }) => far <= (onlyNear ? FARTHEST_NEAR : FARTHEST))
			.sort((a, b) => a.far - b.far || (a.test < b.test ? -1 : 1))
			.map(({ test }) => test);
	}

	private imports(test: string, file: string): boolean {
		const specifier = path.relative(path.dirname(test), file).replace(/\.ts$/, '');
		return [specifier, path.dirname(specifier)].some((name) => this.files.get(test)?.match(new RegExp(`from '${name.replaceAll('.', '\\.')}(\\.ts)?'`)));
	}
}

/** The folder of the service's tests; undefined for the kit. */
function serviceOf(file: string): string | undefined {
	const [top, name = ''] = file.split('/');
	const service = top === 'credentials' ? /^(SmartConnect|EnDocsCloud|Entu|Ento|Accutics)/.exec(name)?.[0] : name;
	if (service === undefined || service === 'shared') return undefined;
	return service === 'EnDocsCloud' ? 'endocs' : service.toLowerCase();
}

/** Whether a word of the file's path is a word of the test's name. */
function alike(test: string, file: string): boolean {
	const words = (text: string) => text.replace(/([a-z])([A-Z])/g, '$1-$2').toLowerCase().split(/[^a-z]+/);
	const others = new Set(words(file.replace(/\.ts$/, '')).flatMap((word) => [word, `${word}s`, word.replace(/s$/, '')]));
	return words(path.basename(test, '.test.mts')).some((word) => word.length > 2 && others.has(word));
}

const NODE_NAMES: Readonly<Record<string, string>> = { Accutics: 'accutics', EnDocsCloud: 'enDocsCloud', Ento: 'ento', Entu: 'entu', SmartConnect: 'smartConnect' };

/** What walks all operations, for the operation of the file, or the whole service of it; for survivors of the quick tests. */
export function walkOf(file: string): { tests: string[]; name: string } | undefined {
	const [, folder = '', , resource, operation] = file.replace(/\.ts$/, '').split('/');
	const node = NODE_NAMES[folder];
	if (!node || !file.startsWith('nodes/')) return undefined;
	const one = file.includes('/resources/') && operation && operation !== 'index';
	return { tests: ['test/contract/operations.test.mts'], name: `^${node} ${one ? `${resource}:` : ''}` };
}

/** Which tests judge a mutant, the likeliest first. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Coverage } from './coverage.mts';

/** Tests of what is not shipped: they judge no mutant. */
const OTHERS = /^test\/(sandbox|demo|support|mutants|e2e|released|[^/]+\.test\.mts$)/;

/** `shared/pages`, `Entu/wire`, `credentials`: how places are named in reports. */
export function roomOf(file: string): string {
	const [top = '', ...rest] = path.dirname(file).split('/');
	if (top === 'credentials') return 'credentials';
	return rest.slice(0, 2).join('/');
}

/** How far away tests may be that judge what is run as soon as a file is loaded, in steps. */
const FARTHEST = 5;

export class Tests {
	private readonly files: Map<string, string>;

	/** @param others names of tests that are not asked */
	constructor(others: readonly string[] = []) {
		const found = readdirSync('test', { recursive: true, encoding: 'utf8' }).map((name) => `test/${name.replaceAll('\\', '/')}`);
		const judges = found.filter((file) => file.endsWith('.test.mts') && !OTHERS.test(file) && !others.includes(file));
		this.files = new Map(judges.map((file) => [file, readFileSync(file, 'utf8')]));
	}

	/** All that judge. */
	get all(): string[] {
		return [...this.files.keys()];
	}

	/**
	 * The tests that may notice a change: those that run the block; of what is run as soon as a file is loaded those that import the file, those of
	 * its room or service, the contract of all nodes, all services for the kit. The quicker come before the slower.
	 * @param block the block that is changed
	 * @param mostMs how long they may take together, milliseconds
	 */
	of(file: string, block: string | undefined, coverage: Coverage, mostMs = Infinity): string[] {
		const msOf = (test: string) => coverage.get(test)?.ms ?? Infinity;
		const distance = this.distances(file);
		const judges = [...coverage]
			.filter(([test, { blocks }]) => (block === undefined ? distance(test) <= FARTHEST : blocks.has(block)))
			.map(([test]) => test)
			.sort((a, b) => msOf(a) - msOf(b));
		let sum = 0;
		return judges.filter((test, index) => (sum += msOf(test)) <= mostMs || index === 0);
	}

	private distances(file: string): (test: string) => number {
		const service = serviceOf(file);
		return (test) => {
			if (this.imports(test, file)) return 0;
			const own = service ? test.startsWith(`test/vendors/${service}/`) : test.startsWith(`test/shared/${file.split('/')[2]}/`);
			if (own) return alike(test, file) ? 1 : 2;
			if (test.startsWith('test/contract/')) return alike(test, file) ? 3 : 4;
			if (service) return Infinity;
			return test.startsWith('test/shared/') ? 3 : 5;
		};
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

/** Mutants that no test can notice, because they change nothing for anybody: each with the reason. Matched by file, line and change, wherever the line stands now. */
import type { Mutant } from './mutate.mts';

export interface Equivalent {
	readonly file: string;
	/** The line without the blanks at its ends. */
	readonly text: string;
	/** As in the report. */
	readonly change: string;
	readonly reason: string;
}

export const equivalents: readonly Equivalent[] = [
	{ file: 'credentials/AccuticsApi.credentials.ts', text: 'typeOptions: { rows: 4 },', change: '4 → 3', reason: 'the height of a text box, which takes any number of lines' },
	{ file: 'nodes/Accutics/resources/entity/create.ts', text: "effect: 'write',", change: "'write' → ''", reason: 'of an operation only whether it reads is looked at' },
	{ file: 'nodes/Entu/query/rawQuery.ts', text: "const [, name, field = '', operator] = KEY.exec(key) ?? [];", change: "'' → 'mutant'", reason: 'a key with a name has a field as well, and one without a name is refused before its field is looked at' },
	{ file: 'nodes/Entu/query/sorting.ts', text: 'return more.reduce((found, value) => (compare(value, found) < 0 !== descending ? value : found), first);', change: '< → <=', reason: 'of two values that are alike, either is the first or the last' },
	{ file: 'nodes/Entu/resources/entity/getAll.ts', text: "const isMissing = (name: string): boolean => !wanted.includes(name) && !wanted.includes(name.split('.')[0] ?? '');", change: "'' → 'mutant'", reason: 'a text that is split has a first part' },
	{ file: 'nodes/shared/trigger/watch/numbered.ts', text: 'return { state: toJson({ last, known, missed: 0 }), changes: [told, ...others] };', change: 'missed: 0 → (nothing)', reason: 'only a number above 0 is stored' },
	{ file: 'nodes/shared/trigger/open.ts', text: 'const client = await Client.open(context, service, connection, execution, 0);', change: '0 → 1', reason: 'a poll has no items, so that n8n does not look at the number of one' },
];

export const reasonFor = (mutant: Pick<Mutant, 'file' | 'text' | 'change'>, list: readonly Equivalent[] = equivalents): string | undefined =>
	list.find(({ file, text, change }) => file === mutant.file && text === mutant.text && change === mutant.change)?.reason;

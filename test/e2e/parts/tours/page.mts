// The page of a walk-through: docs/tours/<name>.md
import type { Effort } from './hands.mts';
import type { Tour } from './tour.mts';

/** What a run has counted. */
export interface Counted extends Effort {
	release: string;
}

/** The text of the page. */
export function pageOf(tour: Tour, counted: Counted): string {
	const lines = [
		`# ${tour.title}`,
		'',
		'<!-- Written by `npm run e2e -- tours --write`; do not edit. -->',
		'',
		tour.opening,
		'',
		`**You need:** ${tour.needs}`,
		'',
		`${effortOf(tour, counted)}, from the empty canvas to the result: counted in n8n ${counted.release} while a browser was led through these very steps against the [sandbox](../../README.md#try-it-two-commands), which also took the pictures.`,
		'',
		...stepLines(tour),
		'## And then',
		'',
		tour.next,
		'',
	];
	return lines.join('\n');
}

/** Such as "5 steps, 14 clicks and 3 fields to type into". */
export function effortOf({ steps }: Tour, { clicks, fields }: Effort): string {
	return `**${steps.length} steps, ${clicks} clicks, ${fields === 1 ? '1 field' : `${fields} fields`} to type into**`;
}

/** The steps as a numbered list, each with its picture. */
export function stepLines(tour: Tour): string[] {
	return tour.steps.flatMap(({ says, shows }, i) => {
		const picture = shows ? ['', `   ![${shows.text}](../images/${pictureOf(tour, i)})`] : [];
		return [`${i + 1}. ${says}`, ...picture, ''];
	});
}

/** The picture of a step, below docs/images. */
export function pictureOf({ name }: Tour, step: number): string {
	return `tours/${name}-${step + 1}.png`;
}

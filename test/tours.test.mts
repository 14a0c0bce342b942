/** The walk-throughs of docs/tours: made by `npm run e2e -- tours --write` from the steps that are done by hand there. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { tours } from './e2e/parts/tours/all.mts';
import { effortOf, pageOf, pictureOf, stepLines } from './e2e/parts/tours/page.mts';
import { triggerPanels } from './e2e/parts/tours/triggers.mts';

const read = (name: string) => readFileSync(`docs/tours/${name}.md`, 'utf8');
const counted = { clicks: 3, fields: 1, release: '9.9.9' };

test('there is a page for each, and no other', () => {
	expect(readdirSync('docs/tours').sort()).toEqual(tours.map(({ name }) => `${name}.md`).sort());
});

describe.each(tours.map((tour) => [tour.name, tour] as const))('%s', (name, tour) => {
	test('its page tells what is done today', () => {
		const page = read(name);
		const [, clicks, fields, release] = /(\d+) clicks, (\d+) fields? to type into\*\*.* in n8n ([\d.]+) /.exec(page) ?? [];
		expect(page).toBe(pageOf(tour, { clicks: Number(clicks), fields: Number(fields), release: release ?? '' }));
		expect(Number(clicks)).toBeGreaterThan(tour.steps.length);
	});

	test('every picture that it names is there', () => {
		const pictures = tour.steps.flatMap(({ shows }, i) => (shows ? [pictureOf(tour, i)] : []));
		expect(pictures.filter((file) => !existsSync(`docs/images/${file}`))).toEqual([]);
		expect(read(name).match(/!\[/g)).toHaveLength(pictures.length);
	});
});

test('a page numbers the steps and tells what they took', () => {
	const [tour] = tours;
	if (!tour) throw new Error('There is none.');
	expect(effortOf(tour, counted)).toBe(`**${tour.steps.length} steps, 3 clicks, 1 field to type into**`);
	expect(stepLines(tour).filter((line) => /^\d+\. /.test(line)).map((line) => parseInt(line, 10))).toEqual(tour.steps.map((_, i) => i + 1));
});

test('the page on triggers shows each panel in both themes', () => {
	const page = readFileSync('docs/triggers.md', 'utf8');
	for (const { picture } of triggerPanels) {
		for (const file of [`${picture}.png`, `${picture}-dark.png`]) {
			expect(page).toContain(`images/${file}`);
			expect(existsSync(`docs/images/${file}`)).toBe(true);
		}
	}
});

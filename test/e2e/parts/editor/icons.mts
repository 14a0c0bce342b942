import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import type { Checks } from '../../checks.mts';

const ICONS = ['Accutics/accutics', 'EnDocsCloud/enDocsCloud', 'Ento/ento', 'Entu/entu', 'SmartConnect/smartconnect'];
/** As small as n8n shows them. */
const SIZE = 24;

/** Draws the icons as small as n8n does: each fills its box, and no two have the same outline. */
export async function checkIcons({ check }: Checks, browser: Browser): Promise<void> {
	const page = await browser.newPage();
	for (const theme of ['', '.dark']) {
		await check(`icons${theme}: each fills its box at ${SIZE} px, and any two outlines differ`, async () => {
			const drawn = await Promise.all(ICONS.map(async (name) => ({ name, inked: await page.evaluate(ink, [readFileSync(`nodes/${name}${theme}.svg`, 'utf8'), SIZE] as const) })));
			for (const { name, inked } of drawn) {
				const [width, height] = [0, 1].map((axis) => extent(inked, axis));
				assert(Math.max(width ?? 0, height ?? 0) >= 0.91 * SIZE && Math.min(width ?? 0, height ?? 0) >= 0.8 * SIZE, `${name} takes ${width} x ${height} of ${SIZE} px.`);
			}
			for (const [i, one] of drawn.entries()) {
				for (const other of drawn.slice(i + 1)) {
					const differing = one.inked.filter((isInked, at) => isInked !== other.inked[at]).length;
					assert(differing >= 0.03 * SIZE * SIZE, `The outlines of ${one.name} and ${other.name} differ in ${differing} of ${SIZE * SIZE} pixels.`);
				}
			}
		});
	}
	await page.close();
}

/** How many columns (0) or rows (1) have ink. */
function extent(inked: readonly boolean[], axis: number): number {
	const places = inked.flatMap((isInked, at) => (isInked ? [axis === 0 ? at % SIZE : Math.floor(at / SIZE)] : []));
	return places.length === 0 ? 0 : Math.max(...places) - Math.min(...places) + 1;
}

/** Runs in the page: which pixels of the drawing are covered, row by row. */
async function ink([svg, size]: readonly [string, number]): Promise<boolean[]> {
	const image = new Image(size, size);
	image.src = `data:image/svg+xml;base64,${btoa(svg)}`;
	await image.decode();
	const canvas = new OffscreenCanvas(size, size).getContext('2d');
	canvas?.drawImage(image, 0, 0, size, size);
	const { data = [] } = canvas?.getImageData(0, 0, size, size) ?? {};
	return Array.from({ length: size * size }, (_, at) => Number(data[at * 4 + 3]) > 128);
}

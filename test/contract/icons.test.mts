/** Icons are told apart at a glance: one hue and one outline for each service, in both themes. How they look drawn is checked in a browser (test/e2e). */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { useEngine } from '../support/engine.mts';

const engine = useEngine();
const THEMES = ['light', 'dark'] as const;
type Theme = (typeof THEMES)[number];
const services: Record<string, string> = { accutics: 'Accutics', enDocsCloud: 'EnDocsCloud', ento: 'Ento', entu: 'Entu', smartConnect: 'SmartConnect' };
const NAMES = Object.keys(services);

/** n8n's loader turns the files that a node names into addresses. */
const iconsOf = (node: string) => engine.nodeType(node).description.iconUrl as Record<Theme, string>;
const drawing = (node: string, theme: Theme) => readFileSync(path.join('nodes', services[node] ?? '', path.basename(iconsOf(node)[theme])), 'utf8');
/** The colour of the outline, which is drawn first. */
const colourOf = (node: string, theme: Theme) => /fill="(#[0-9A-F]{6})"/.exec(drawing(node, theme))?.[1] ?? '';

function channels(colour: string): [number, number, number] {
	return [1, 3, 5].map((start) => Number.parseInt(colour.slice(start, start + 2), 16) / 255) as [number, number, number];
}

/** In degrees. */
function hueOf(colour: string): number {
	const [red, green, blue] = channels(colour);
	const [most, least] = [Math.max(red, green, blue), Math.min(red, green, blue)];
	const sector = most === red ? (green - blue) / (most - least) : most === green ? 2 + (blue - red) / (most - least) : 4 + (red - green) / (most - least);
	return (sector * 60 + 360) % 360;
}

const apart = (one: number, other: number) => Math.min(Math.abs(one - other), 360 - Math.abs(one - other));

/** WCAG's contrast of two colours. */
function contrast(one: string, other: string): number {
	const light = (colour: string) => {
		const [red, green, blue] = channels(colour).map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)) as [number, number, number];
		return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
	};
	const [brighter = 0, darker = 0] = [light(one), light(other)].sort((a, b) => b - a);
	return (brighter + 0.05) / (darker + 0.05);
}

describe.each(THEMES)('%s', (theme) => {
	test('the hues of any two services are at least 45 degrees apart', () => {
		const hues = NAMES.map((node) => hueOf(colourOf(node, theme)));
		const near = NAMES.flatMap((one, i) => NAMES.slice(i + 1).filter((_other, j) => apart(hues[i] ?? 0, hues[i + 1 + j] ?? 0) < 45).map((other) => `${one}, ${other}`));
		expect(near).toEqual([]);
	});

	test.each(NAMES)('%s stands out from the background and is square', (node) => {
		expect(contrast(colourOf(node, theme), theme === 'light' ? '#FFFFFF' : '#2B2B2F')).toBeGreaterThanOrEqual(3);
		expect(drawing(node, theme)).toMatch(/^<svg [^>]*viewBox="0 0 60 60"/);
	});
});

test.each(NAMES)('%s has the same hue in both themes, and its triggers and credential share the icon', (node) => {
	expect(apart(hueOf(colourOf(node, 'light')), hueOf(colourOf(node, 'dark')))).toBeLessThan(15);
	const sharing = engine.nodeNames.filter((name) => name.startsWith(node) && name !== node);
	expect(sharing.length).toBeGreaterThan(0);
	for (const name of sharing) expect(iconsOf(name)).toEqual(iconsOf(node));
});

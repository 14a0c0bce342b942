// Draws the rooms of the kit and their direction, as the imports in the code have it, into CONTRIBUTING.md.
import { cruise } from 'dependency-cruiser';
import configuration from '../.dependency-cruiser.mjs';

const ROOM = /^nodes\/shared\/([^/]+)\//;
const SERVICE = /^nodes\/[A-Z]/;
const NAMES = { service_folder: 'nodes/‹Service›', credentials: 'credentials' };

/** A Mermaid chart: an arrow for each import of one room by another that no longer way says already. */
export async function chart() {
	const { output } = await cruise(['nodes', 'credentials'], configuration.options);
	const imports = new Map();
	for (const { source, dependencies } of output.modules) {
		const from = placeOf(source);
		if (!from) continue;
		const targets = imports.get(from) ?? new Set();
		for (const { resolved } of dependencies) if (placeOf(resolved) && placeOf(resolved) !== from) targets.add(placeOf(resolved));
		imports.set(from, targets);
	}
	const arrows = [...imports].flatMap(([from, targets]) =>
		[...targets].filter((to) => ![...targets].some((other) => other !== to && reaches(imports, other, to))).map((to) => `\t${from} --> ${to}`),
	);
	const boxes = [...imports.keys()].map((place) => `\t${place}["${NAMES[place] ?? `shared/${place}`}"]`);
	return ['```mermaid', 'flowchart TD', ...boxes.sort(), ...arrows.sort(), '```', ''].join('\n');
}

function placeOf(file) {
	if (file.startsWith('credentials/')) return 'credentials';
	return ROOM.exec(file)?.[1] ?? (SERVICE.test(file) ? 'service_folder' : undefined);
}

function reaches(imports, from, to) {
	return [...(imports.get(from) ?? [])].some((next) => next === to || reaches(imports, next, to));
}

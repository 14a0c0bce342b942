import { accutics } from './accutics.mts';
import { endocs } from './endocs.mts';
import { ento } from './ento.mts';
import { entu } from './entu.mts';
import type { Expectation, Expectations } from './outcome.mts';
import { smartConnect } from './smartconnect.mts';
import { startHere } from './startHere.mts';

const byFolder: Record<string, Expectations> = { accutics, endocs, ento, entu, smartconnect: smartConnect };

/** What must come of every example workflow, by its file below `workflows/`. */
export const expectations: Readonly<Record<string, Expectation>> = {
	...Object.fromEntries(Object.entries(byFolder).flatMap(([folder, files]) => Object.entries(files).map(([file, expected]) => [`${folder}/${file}`, expected]))),
	'start-here.json': startHere,
};

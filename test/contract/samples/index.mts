import { accutics } from './accutics.mts';
import { enDocsCloud } from './endocs.mts';
import { ento } from './ento.mts';
import { entuMixed } from './entu-mixed.mts';
import { entu } from './entu.mts';
import { smartConnect } from './smartConnect.mts';
import type { NodeSamples } from './sample.mts';

/** By node name. A node or an operation without a sample fails the contract tests. */
export const samples: Readonly<Record<string, NodeSamples>> = { accutics, enDocsCloud, ento, entu, smartConnect };

/** The same operations on other data. */
export const furtherSamples: Readonly<Record<string, readonly NodeSamples[]>> = { entu: [entuMixed] };

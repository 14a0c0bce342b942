import { accutics } from './accutics.mts';
import { endocs } from './endocs.mts';
import { ento } from './ento.mts';
import { entu } from './entu.mts';
import { smartConnect } from './smartconnect.mts';
import { smartConnectTrigger } from './smartconnectTrigger.mts';
import type { Tour } from './tour.mts';

/** All walk-throughs, in the order of the services. */
export const tours: readonly Tour[] = [accutics, endocs, ento, entu, smartConnect, smartConnectTrigger];

import { accutics } from './accutics/index.mts';
import { endocs } from './endocs/index.mts';
import { ento } from './ento/index.mts';
import { entu } from './entu/index.mts';
import { smartConnect } from './smartconnect/index.mts';
import type { ServiceModule } from './service.mts';

/** Every service of the sandbox: one line each. */
export const services: ServiceModule[] = [accutics, endocs, ento, entu, smartConnect];

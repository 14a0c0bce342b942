import { entu } from './entu/index.mts';
import type { ServiceModule } from './service.mts';
import { smartConnect } from './smartconnect/index.mts';

/** Every service of the sandbox: one line each. */
export const services: ServiceModule[] = [entu, smartConnect];

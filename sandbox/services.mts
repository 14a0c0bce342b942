import { accutics } from './accutics/index.mts';
import { entu } from './entu/index.mts';
import type { ServiceModule } from './service.mts';

/** Every service of the sandbox: one line each. */
export const services: ServiceModule[] = [entu, accutics];

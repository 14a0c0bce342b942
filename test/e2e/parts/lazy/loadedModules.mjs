// Loaded into n8n's process before n8n itself: on SIGUSR2, writes the files of all modules that are loaded by then, as JSON.
import { createRequire } from 'node:module';
import { renameSync, writeFileSync } from 'node:fs';

const { cache } = createRequire(import.meta.url);
const file = process.env.LOADED_MODULES_FILE;

process.on('SIGUSR2', () => {
	writeFileSync(`${file}.partial`, JSON.stringify(Object.keys(cache)));
	renameSync(`${file}.partial`, file);
});

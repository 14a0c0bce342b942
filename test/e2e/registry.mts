// A package registry on this machine that holds our packed packages, so that n8n can install them as it installs any other.
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import express from 'express';

export interface Registry {
	url: string;
	stop(): Promise<void>;
}

/** A tarball that `npm pack` made, and the package.json it was made with. */
export interface Published {
	tarball: string;
	packageJson: { name: string; version: string };
}

/** Serves each tarball under the name and version of its package.json. */
export async function startRegistry(packages: readonly Published[]): Promise<Registry> {
	const app = express();
	const server = createServer(app).listen(0, '127.0.0.1');
	await new Promise((resolve) => server.once('listening', resolve));
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	for (const published of packages) serve(app, url, published);
	return { url, stop: async () => await new Promise((resolve) => server.close(() => resolve())) };
}

function serve(app: express.Express, url: string, { tarball, packageJson }: Published): void {
	const { name, version } = packageJson;
	const content = readFileSync(tarball);
	const digest = (algorithm: string, encoding: 'hex' | 'base64') => createHash(algorithm).update(content).digest(encoding);
	const dist = { tarball: `${url}/${name}.tgz`, shasum: digest('sha1', 'hex'), integrity: `sha512-${digest('sha512', 'base64')}` };
	app.get(`/${name}`, (_request, response) => {
		response.json({ name, 'dist-tags': { latest: version }, versions: { [version]: { ...packageJson, dist } } });
	});
	app.get(`/${name}.tgz`, (_request, response) => response.send(content));
}

/**
 * Puts an `npm` into a folder that asks this registry, whichever it is told to ask: n8n names the public one outright, and
 * lets only licensed users choose another.
 */
export function writeNpm(folder: string, registryUrl: string): void {
	const npm = (process.env.PATH ?? '').split(path.delimiter).map((bin) => path.join(bin, 'npm')).find((file) => existsSync(file));
	if (!npm) throw new Error('There is no npm in the path.');
	const file = path.join(folder, 'npm');
	writeFileSync(file, `#!/bin/sh\nexec '${npm}' "$@" --registry=${registryUrl}\n`);
	chmodSync(file, 0o755);
}

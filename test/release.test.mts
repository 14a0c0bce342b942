/** What GitHub runs: `npm run lint` checks the form of the workflows, these tests that they name what is there. */
import { readdirSync, readFileSync } from 'node:fs';
import { compatReleases } from '../demo/releases.mjs';
import { releaseFolder } from '../scripts/release.mjs';

const root = process.cwd();
const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
const workflow = (name: string) => readFileSync(`.github/workflows/${name}.yml`, 'utf8');
/** The values of a matrix in a workflow. */
const matrix = (name: string, key: string) => [...(new RegExp(`^ +${key}: \\[(.*)\\]$`, 'm').exec(workflow(name))?.[1] ?? '').matchAll(/'([^']+)'/g)].map(([, value]) => value);

test('each package has a tag that publishes its folder', () => {
	expect(releaseFolder(`n8n-nodes-backoffice@${version}`, root)).toBe('.');
	for (const name of readdirSync('packages')) expect(releaseFolder(`${name}@${version}`, root)).toBe(`packages/${name}`);
});

test.each([
	['v1.0.0', /a tag is <package>@<version>/],
	['n8n-nodes-entu@1.0.0-rc.1', /a tag is <package>@<version>/],
	['n8n-nodes-../demo@0.1.0', /a tag is <package>@<version>/],
	[`n8n-nodes-other@${version}`, /no package n8n-nodes-other/],
	['n8n-nodes-entu@99.0.0', /The tag says 99.0.0, but packages\/n8n-nodes-entu\/package.json/],
])('the tag %s is refused', (tag, reason) => expect(() => releaseFolder(tag, root)).toThrow(reason));

test('the compatibility of every night is that of the README', () => {
	expect(matrix('compat', 'release')).toEqual(compatReleases);
});

test('the oldest Node that the package is for is among those that are tried', () => {
	const { engines } = JSON.parse(readFileSync('package.json', 'utf8')) as { engines: { node: string } };
	expect(matrix('ci', 'node')).toContain(engines.node.replace('>=', ''));
});

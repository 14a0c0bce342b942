/** The previews of outputs that the editor shows before a node has run say what the node really gives out. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { folderOf, schemaFile, schemaOf, versionsOf } from '../../scripts/schemas.mts';
import { previewed, useLab } from './lab.mts';

const lab = useLab(1);
const subjects = previewed(lab)
	.flatMap((subject) => versionsOf(lab.engine, subject.node).map((version) => ({ subject, version, file: schemaFile(subject, version) })))
	.filter(({ file }) => existsSync(file));

test.each(subjects)('$file is up to date (npx tsx scripts/schemas.mts)', async ({ file, subject, version }) => {
	expect(await schemaOf(lab.bench, subject, version)).toEqual(JSON.parse(readFileSync(file, 'utf8')));
});

test('every preview belongs to an operation and is shipped', () => {
	const known = subjects.map(({ file }) => file);
	for (const node of lab.engine.nodeNames) {
		const folder = path.dirname(folderOf(node, 1));
		if (!existsSync(folder)) continue;
		const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'));
		for (const file of files) {
			const source = path.join(folder, file);
			expect(known).toContain(source);
			expect(JSON.parse(readFileSync(path.join('dist', source), 'utf8'))).toEqual(JSON.parse(readFileSync(source, 'utf8')));
		}
	}
});

/** The previews of outputs that the editor shows before a node has run say what the node really gives out. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { folderOf, schemaFile, schemaOf } from '../../scripts/schemas.mts';
import { previewed, useLab } from './lab.mts';

const lab = useLab(1);
const subjects = previewed(lab).filter((subject) => existsSync(schemaFile(subject)));

test.each(subjects.map((subject) => [schemaFile(subject), subject] as const))('%s is up to date (npx tsx scripts/schemas.mts)', async (file, subject) => {
	expect(await schemaOf(lab.bench, subject)).toEqual(JSON.parse(readFileSync(file, 'utf8')));
});

test('every preview belongs to an operation and is shipped', () => {
	const known = subjects.map(schemaFile);
	for (const node of lab.engine.nodeNames) {
		if (!existsSync(folderOf(node))) continue;
		const files = readdirSync(folderOf(node), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'));
		for (const file of files) {
			const source = path.join(folderOf(node), file);
			expect(known).toContain(source);
			expect(JSON.parse(readFileSync(path.join('dist', source), 'utf8'))).toEqual(JSON.parse(readFileSync(source, 'utf8')));
		}
	}
});

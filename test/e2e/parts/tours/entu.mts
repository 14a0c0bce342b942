import assert from 'node:assert/strict';
import { readEntu } from '../editor/nodes.mts';
import { EXTRACT, spreadsheet, type Tour } from './tour.mts';

const COUNT = 200;
const rows = Array.from({ length: COUNT }, (_, i) => [`Handbook ${i + 1}`, String(100 + i)]);

export const entu: Tour = {
	name: 'entu',
	title: `${COUNT} rows into the catalogue`,
	opening: 'Whoever keeps a catalogue has a spreadsheet of new books, and wants an entity of each in Entu.',
	needs: 'An [Entu credential](../entu.md#credential), and a spreadsheet whose columns are called as the properties are: `Name`, `Pages`.',
	rows: [['Name', 'Pages'], ...rows],
	steps: [
		...spreadsheet('New books', COUNT),
		{
			says: `Click the **+** behind *${EXTRACT}*, type \`entu\`, click **Entu**, then **Create Entu entity**. As *Entity Type* click the list, type \`book\` and choose **Book**. The type's properties appear; as *Mapping Column Mode* choose **Map Automatically**.`,
			does: async (hands) => {
				await hands.addBehind(EXTRACT, { search: 'entu', found: 'Entu', action: 'Create Entu entity' });
				await hands.searchLocator('typeId', 'book', 'Book (book)');
				await hands.mapAutomatically();
			},
			shows: { part: 'parameters', text: 'Entity Type: Book, with columns mapped by their names' },
		},
		{
			says: `Click **Execute step**: ${COUNT} entities are made.`,
			does: async (hands) => await hands.succeed(),
			shows: { part: 'output', text: 'The new entities with their IDs' },
		},
	],
	next: 'To see beforehand what would be sent, choose the option *Preview Only*: nothing is written then. If the same spreadsheet comes again with changes, *Create or Update* finds what is there by a property of your choice.',
	check: async ({ server }) => {
		assert.equal((await server.control.summary('entu')).effects['entity.create'], COUNT);
		const { entities } = await readEntu(server, `_type.string=book&name.string.regex=/^Handbook/&limit=${COUNT}`);
		const made = entities.map(({ name, pages }) => [name?.[0]?.string, String(pages?.[0]?.number)]);
		assert.deepEqual(made.sort(), [...rows].sort());
	},
};

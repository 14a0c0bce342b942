import assert from 'node:assert/strict';
import { outputOf } from '../../../../demo/api.mts';
import { editorToken } from '../../../../sandbox/accutics/seed.mts';
import { ask } from './ask.mts';
import { EXTRACT, spreadsheet, type Tour } from './tour.mts';

const rows = [['Autumn shoes', 'NL'], ['Autumn bags', 'BE'], ['Winter preview', 'DK']];
const CREATE = 'Create Accutics entity';

export const accutics: Tour = {
	name: 'accutics',
	title: 'Campaign rows, with the names that Accutics generates',
	opening: 'A marketing analyst has a plan of campaigns in a spreadsheet, makes a record of each in Accutics, and gets the generated names and links back.',
	needs: 'An [Accutics credential](../accutics.md#credential) in which an administrator has named the endpoints (`Items = /sandbox/items` here), and a spreadsheet whose columns are called as the fields are: `title`, `market`.',
	rows: [['title', 'market'], ...rows],
	steps: [
		...spreadsheet('New campaigns', rows.length),
		{
			says: `Click the **+** behind *${EXTRACT}*, type \`accutics\`, click **Accutics**, then **${CREATE}**. As *Endpoint* click the list, type \`item\` and choose **Items**. Its columns appear; as *Mapping Column Mode* choose **Map Automatically**.`,
			does: async (hands) => {
				await hands.addBehind(EXTRACT, { search: 'accutics', found: 'Accutics', action: CREATE });
				await hands.searchLocator('path', 'item', 'Items');
				await hands.mapAutomatically();
			},
			shows: { part: 'parameters', text: 'The endpoint Items, with columns mapped by their names' },
		},
		{
			says: 'Click **Execute step**.',
			does: async (hands) => await hands.succeed(),
			shows: { part: 'output', text: 'The new records with generated names and links' },
		},
	],
	next: 'Put *Convert to File* behind it for a spreadsheet of names to paste into the advertising platforms, or the node of such a platform itself.',
	check: async ({ server, execution }) => {
		assert.deepEqual((await server.control.summary('accutics')).effects, { 'items.create': rows.length });
		const made = outputOf(execution, CREATE);
		assert.deepEqual(made.map(({ title, market }) => [title, market]), rows);
		for (const { id, generated_name: name, title, market } of made) {
			const held = await ask<Item>(`${server.sandboxUrl}/accutics/sandbox/items/${String(id)}`, { authorization: `Bearer ${editorToken}` });
			const item = held.data ?? held;
			assert.deepEqual([item.title, item.market, item.generated_name], [title, market, name]);
			assert.match(String(name), /^[A-Z]{2}_[A-Z-]+_\d+$/);
		}
	},
};

interface Item {
	data?: Item;
	title?: string;
	market?: string;
	generated_name?: string;
}

import { listSearch } from '../../shared/editor/lookUps';
import { outputFieldNames } from '../../shared/editor/outputFields';
import { ento } from '../vendor';
import { placesOf, type PlaceKind } from '../wire/places';

export const methods = {
	loadOptions: { getOutputFields: outputFieldNames(ento) },
	listSearch: {
		searchAreas: places('area'),
		searchRoles: places('role'),
	},
};

function places(kind: PlaceKind): ReturnType<typeof listSearch> {
	return listSearch(ento, async ({ client, timeZone }, filter) => {
		const wanted = filter.toLowerCase();
		const found = (await placesOf(client, kind, timeZone)).filter(({ id, name }) => `${name} ${id}`.toLowerCase().includes(wanted));
		const results = found.map(({ id, name }) => ({ name: name === id ? id : `${name} (${id})`, value: id }));
		return { results: results.sort((a, b) => a.name.localeCompare(b.name, 'en')) };
	});
}

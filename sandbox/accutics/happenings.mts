import type { Happening, Wish } from '../service.mts';
import { makeItem, type Entity } from './seed.mts';

/** What happens to the items. */
export function happenings(items: () => Map<string, Entity>): Record<string, Happening> {
	const pick = ({ id }: Wish): Entity => {
		const found = id === undefined ? [...items().values()].at(-1) : items().get(id);
		if (!found) throw new Error(`No item ${id ?? ''}.`);
		return found;
	};
	const add = (): Entity => {
		const made = makeItem(1 + Math.max(0, ...[...items().values()].map(({ id }) => Number(id))));
		items().set(String(made.id), made);
		return made;
	};
	return {
		create: { label: 'New item', run: add },
		change: { label: 'An item changes its title', run: (wish) => Object.assign(pick(wish), { title: `Changed at ${new Date().toISOString()}` }) },
		remove: {
			label: 'An item is removed',
			run: (wish) => {
				const { id } = pick(wish);
				items().delete(String(id));
				return { id };
			},
		},
		swap: {
			label: 'The first item goes and another comes',
			run: () => {
				const [first] = [...items().keys()];
				if (first !== undefined) items().delete(first);
				return add();
			},
		},
	};
}

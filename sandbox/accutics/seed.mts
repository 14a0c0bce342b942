import { sign } from './tokens.mts';

const YEAR_2100 = 4_102_444_800;
const START = 1_735_689_600;

/** Sees everything and may change it. */
export const editorToken = sign({ sub: 'api-editor', groups: ['red', 'blue'], role: 'editor', iat: START, exp: YEAR_2100 });
/** Sees what belongs to the group "red" and changes nothing. */
export const readerToken = sign({ sub: 'api-reader', groups: ['red'], role: 'reader', iat: START, exp: YEAR_2100 });
/** Ran out on 1 January 2025. */
export const expiredToken = sign({ sub: 'api-editor', groups: ['red', 'blue'], role: 'editor', iat: START - 1000, exp: START });
/** Looks right, but the sandbox never issued it. */
export const foreignToken = sign({ sub: 'api-editor', groups: ['red', 'blue'], role: 'editor', iat: START, exp: YEAR_2100 }, 'another service');

export type Entity = { id: number | string; group?: string } & Record<string, unknown>;

/** A made-up endpoint: the service's own ones are not public (vendors/accutics.md §3). */
export interface Endpoint {
	/** Largest page size; none: the endpoint does not page. */
	max?: number;
	/** Whether nobody at all is permitted. */
	closed?: boolean;
	/** Whether it can only be read. */
	fixed?: boolean;
	/** Fields that a new entity needs. */
	required: readonly string[];
	/** What the service makes of the fields by itself. */
	outputs?(entity: Entity): Record<string, unknown>;
	entities(): Entity[];
}

const range = (count: number) => Array.from({ length: count }, (_, i) => i + 1);

const item = (n: number): Entity => ({
	id: n,
	title: `Sample item ${n}`,
	group: n % 2 === 0 ? 'blue' : 'red',
	status: n % 5 === 0 ? 'archived' : 'open',
	market: ['NL', 'BE', 'DK'][n % 3],
});

const upper = (text: unknown) => String(text ?? '').trim().toUpperCase().replace(/\W+/g, '-');

/** Generates a name and a link, as the platform does from the fields of a form. */
const outputs = ({ id, title, market }: Entity) => {
	const name = [market, title, id].map(upper).join('_');
	return { generated_name: name, generated_link: `https://shop.example/?utm_campaign=${encodeURIComponent(name)}` };
};

const brief = (id: number, title: string, market: string, status: string): Entity => ({ id, title, market, status, generated_name: null, generated_link: null });

const option = (id: number, abbreviation: string, label: string): Entity => ({ id, abbreviation, label, active: true });

/** By path. Nothing here claims to be like the service's own endpoints. */
export const endpoints: Readonly<Record<string, Endpoint>> = {
	items: { max: 100, required: ['title'], outputs, entities: () => range(245).map(item).map((entity) => ({ ...entity, ...outputs(entity) })) },
	groups: { max: 3, required: ['title'], entities: () => range(8).map((n) => ({ id: n, title: `Group ${n}` })) },
	options: {
		max: 50,
		required: ['abbreviation', 'label'],
		entities: () => [option(1, 'SH', 'Shoes'), option(2, 'BG', 'Bags'), option(3, 'HT', 'Hats'), option(4, 'SC', 'Scarves')],
	},
	briefs: {
		max: 50,
		required: ['title'],
		entities: () => [
			brief(1, 'Spring push', 'NL', 'approved'),
			brief(2, 'Summer sale', 'BE', 'draft'),
			brief(3, 'Back to school', 'DK', 'approved'),
		],
	},
	labels: { fixed: true, required: [], entities: () => ['plain', 'two words', 'a/b', '50%', 'ö'].map((id) => ({ id, title: `Label ${id}` })) },
	vault: { max: 100, closed: true, required: [], entities: () => [] },
};

export const makeItem = item;

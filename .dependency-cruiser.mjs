// Which room may import which: checked by `npm run lint`, drawn into CONTRIBUTING.md by `npm run docs`.

/** The rooms of the kit, and what each may import beside itself and the small things at the kit's root. */
export const rooms = {
	answer: [],
	secrets: [],
	pages: ['answer'],
	session: ['answer', 'secrets'],
	service: ['answer', 'secrets', 'session'],
	operation: ['answer', 'pages', 'service', 'session'],
	editor: ['answer', 'operation', 'service'],
	trigger: ['answer', 'editor', 'operation', 'pages', 'service'],
};

const room = (name) => `^nodes/shared/${name}/`;

const oneDirection = Object.entries(rooms).map(([name, allowed]) => ({
	name: `room-${name}`,
	comment: `shared/${name} imports ${allowed.length > 0 ? allowed.join(', ') : 'no other room'}.`,
	severity: 'error',
	from: { path: room(name) },
	to: { path: '^nodes/shared/[^/]+/', pathNot: [name, ...allowed].map(room) },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
	forbidden: [
		{ name: 'no-circles', comment: 'Files that import each other can only be understood together.', severity: 'error', from: {}, to: { circular: true } },
		...oneDirection,
		{
			name: 'root-knows-nothing',
			comment: 'What lies at the root of the kit imports no room.',
			severity: 'error',
			from: { path: '^nodes/shared/[^/]+\\.ts$' },
			to: { path: '^nodes/shared/[^/]+/' },
		},
		{ name: 'kit-knows-no-vendor', severity: 'error', from: { path: '^nodes/shared/' }, to: { path: '^nodes/[A-Z]' } },
		{ name: 'vendors-apart', severity: 'error', from: { path: '^nodes/([A-Z][^/]*)/' }, to: { path: '^nodes/[A-Z]', pathNot: '^nodes/$1/' } },
		{
			name: 'shipped-code-alone',
			comment: 'Shipped code imports nothing of the tools around it.',
			severity: 'error',
			from: { path: '^(nodes|credentials)/' },
			to: { path: '^(sandbox|test|demo|bench|scripts|docs)/' },
		},
	],
	options: {
		doNotFollow: { path: 'node_modules' },
		exclude: { path: '^dist/' },
		tsPreCompilationDeps: true,
		tsConfig: { fileName: 'tsconfig.tools.json' },
		enhancedResolveOptions: { extensions: ['.ts', '.mts', '.mjs', '.js', '.json'] },
	},
};

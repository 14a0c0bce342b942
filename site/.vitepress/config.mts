import { slug } from 'github-slugger';
import { defineConfig } from 'vitepress';

const REPOSITORY = 'https://github.com/n8n-nodes-backoffice/n8n-nodes-backoffice';

const services = [
	{ text: 'Accutics', link: '/accutics' },
	{ text: 'EnDocs Cloud', link: '/endocs' },
	{ text: 'Ento', link: '/ento' },
	{ text: 'Entu', link: '/entu' },
	{ text: 'SmartConnect.com', link: '/smartconnect' },
];

const firstTasks = [
	{ text: 'Campaign rows with generated names', link: '/tours/accutics' },
	{ text: 'New invoices into a table', link: '/tours/endocs' },
	{ text: 'Roster of today in a message', link: '/tours/ento' },
	{ text: '200 rows into the catalogue', link: '/tours/entu' },
	{ text: 'Rows into an integration', link: '/tours/smartconnect' },
	{ text: 'Start when a run has failed', link: '/tours/smartconnect-trigger' },
];

/** The pages are written by scripts/site.mjs; a link that leads nowhere fails the build. */
export default defineConfig({
	title: 'n8n-nodes-backoffice',
	description: 'n8n community nodes for Accutics, EnDocs Cloud, Ento, Entu and SmartConnect.com',
	base: '/n8n-nodes-backoffice/',
	cleanUrls: true,
	markdown: {
		anchor: { slugify: slug }, // as on GitHub, where the same pages link one another
		// Expressions of n8n are no code of the site.
		config: (md) => {
			md.renderer.rules.code_inline = (tokens, index) => `<code v-pre>${md.utils.escapeHtml(tokens[index]?.content ?? '')}</code>`;
		},
	},
	locales: {
		root: { label: 'English', lang: 'en' },
		ru: { label: 'Русский (EnDocs Cloud)', lang: 'ru', link: '/ru/' },
	},
	themeConfig: {
		i18nRouting: false, // one page only is in Russian
		outline: [2, 3],
		search: { provider: 'local' },
		nav: [
			{ text: 'Install', link: '/#install' },
			{ text: 'Credentials', link: '/#credentials' },
			{ text: 'Which n8n', link: '/#compatibility' },
			{ text: 'Troubleshooting', link: '/#troubleshooting' },
		],
		sidebar: [
			{ text: 'Overview', link: '/' },
			{ text: 'Services', items: services },
			{ text: 'First tasks, step by step', items: firstTasks },
			{
				text: 'For all of them',
				items: [
					{ text: 'What is sent for what you enter', link: '/values' },
					{ text: 'Triggers', link: '/triggers' },
					{ text: 'Far from your service', link: '/speed' },
					{ text: 'Move between packages', link: '/move' },
					{ text: 'Bug reports tried', link: '/tried' },
					{ text: 'Beside built-in nodes', link: '/comparison' },
					{ text: 'Changes', link: '/changelog' },
				],
			},
		],
		socialLinks: [{ icon: 'github', link: REPOSITORY }],
		footer: { message: 'Not run against the live services. MIT license.' },
	},
});

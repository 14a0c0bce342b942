// `npm run site` makes a web site of README.md, CHANGELOG.md and docs/ in site/.vitepress/dist, for any web server that has it below /n8n-nodes-backoffice/.
// The pages stay as GitHub shows them; here their links get the addresses that they have on the site. Fails where a link leads nowhere.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'vitepress';

const REPOSITORY = 'https://github.com/n8n-nodes-backoffice/n8n-nodes-backoffice/blob/main/';
/** As in site/.vitepress/config.mts. */
const BASE = '/n8n-nodes-backoffice/';
const root = process.cwd();
const site = path.join(root, 'site');
const dist = path.join(site, '.vitepress', 'dist');
/** Written for people who look into the repository. */
const STAYS_THERE = ['docs/proof.md', 'docs/language.md', 'docs/tests.md'];

/** The page of the site by its file in the repository. */
const pages = new Map([
	['README.md', 'index.md'],
	['CHANGELOG.md', 'changelog.md'],
	...readdirSync(path.join(root, 'docs'), { recursive: true, encoding: 'utf8' })
		.map((name) => path.posix.join('docs', ...name.split(path.sep)))
		.filter((file) => file.endsWith('.md') && !STAYS_THERE.includes(file))
		.map((file) => [file, file === 'docs/endocs.ru.md' ? 'ru/index.md' : path.posix.relative('docs', file)]),
]);

/** Fills site/ anew. */
function writePages() {
	for (const name of readdirSync(site)) if (name !== '.vitepress') rmSync(path.join(site, name), { recursive: true });
	for (const [file, page] of pages) {
		mkdirSync(path.dirname(path.join(site, page)), { recursive: true });
		writeFileSync(path.join(site, page), onSite(readFileSync(path.join(root, file), 'utf8'), file, page));
	}
	cpSync(path.join(root, 'docs/images'), path.join(site, 'public/images'), { recursive: true });
	cpSync(path.join(root, 'docs/move.html'), path.join(site, 'public/mover.html'));
}

/** A page with links as they are on the site. */
function onSite(text, file, page) {
	return text
		.replaceAll('[move.html](move.html)', `<a href="${BASE}mover.html" target="_self">this page</a>`)
		.replace(/(\]\()([^)\s]+)(\))/g, (_all, start, link, end) => start + addressOf(link, file, page) + end)
		.replace(/((?:src|srcset)=")([^"]+)(")/g, (_all, start, link, end) => start + addressOf(link, file, page) + end);
}

function addressOf(link, file, page) {
	if (/^([a-z]+:|#)/.test(link)) return link;
	const [target, anchor] = link.split('#');
	const wanted = path.posix.join(path.posix.dirname(file), target);
	const hash = anchor === undefined ? '' : `#${anchor}`;
	if (wanted.startsWith('docs/images/')) return wanted.replace('docs/', '/');
	const other = pages.get(wanted);
	if (other === undefined) return REPOSITORY + wanted + hash;
	const relative = path.posix.relative(path.posix.dirname(page), other);
	return (relative.startsWith('.') ? relative : `./${relative}`) + hash;
}

/** Every link and picture of the built site that does not leave it. @returns how many there are */
function checkLinks() {
	const files = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.html'));
	const texts = new Map(files.map((name) => [name, readFileSync(path.join(dist, name), 'utf8')]));
	let count = 0;
	for (const [name, text] of texts) {
		for (const [, link] of text.matchAll(/ (?:href|src|srcset)="((?:\/|#)[^"]*)"/g)) {
			count += 1;
			const fault = faultOf(link.replaceAll('&amp;', '&'), name, texts);
			if (fault) throw new Error(`${name} links ${link}: ${fault}`);
		}
	}
	return count;
}

function faultOf(link, page, texts) {
	const [address, anchor] = link.split('#');
	if (address !== '' && !address.startsWith(BASE)) return `it is not below ${BASE}`;
	const target = address === '' ? page : decodeURIComponent(address.slice(BASE.length));
	const file = [target, `${target}.html`, path.posix.join(target, 'index.html')].find((one) => texts.has(one)) ?? target;
	if (!existsSync(path.join(dist, file))) return 'there is no such page';
	if (anchor && !texts.get(file)?.includes(`id="${decodeURIComponent(anchor)}"`)) return 'there is no such heading';
	return undefined;
}

writePages();
await build(site);
console.log(`${pages.size} pages, ${checkLinks()} links within the site, none broken`);

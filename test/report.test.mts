/** docs/proof.md, as `npm run e2e -- --write` writes it. */
import type { Section } from './e2e/checks.mts';
import { parts } from './e2e/parts.mts';
import { reportOf } from './e2e/report.mts';

const [first, second] = parts;
const section = (title: string, rest: Partial<Section> = {}): Section => ({ title, ms: 1000, checks: [{ name: 'a check', ms: 1 }], figures: [], ...rest });
const figures = (count: number) => Array.from({ length: count }, (_, i) => ({ what: `figure ${i}`, value: `${i} ms` }));
const report = (...sections: Section[]) => reportOf(sections, [['Result', '1 passed']]).join('\n');

test('begins with a sentence for each part that has run', () => {
	const text = report(section('n8n 9.9.9'), section(first?.title ?? ''), section(second?.title ?? ''));
	const [opening = ''] = text.split('## Figures');
	expect(opening).toContain(`- ${first?.proves} *(1 of 1 checks)*`);
	expect(opening).toContain(`- ${second?.proves} *(1 of 1 checks)*`);
	expect(opening.split('\n- ')).toHaveLength(3);
});

test('says what is not proven, and why', () => {
	const text = report(section(first?.title ?? '', { checks: [{ name: 'good', ms: 1 }, { name: 'bad', ms: 1, failure: 'it broke' }] }));
	expect(text).toContain(`- **Not proven:** ${first?.proves} *(1 of 2 checks)*`);
	expect(text).toContain('- bad: **failed**, it broke');
});

test('folds long lists of figures, and all checks', () => {
	const text = report(section('few', { figures: figures(2) }), section('many', { figures: figures(20) }));
	expect(text).toContain('### few\n\n| what | figure |');
	expect(text).toContain('### many\n\n<details><summary>20 figures</summary>');
	expect(text).toContain('<details><summary>few: 1 of 1, in 1.0 s</summary>\n\n- a check\n\n</details>');
});

// Figures in the prose of the documents, taken from what `npm run bench` has measured last.
import { readFileSync } from 'node:fs';
import path from 'node:path';

// <!-- figure:endocs-rate/EnDocs Cloud node/ms -->122.7 s<!-- /figure -->
const FIGURE = /(<!-- figure:([^/>]+)\/([^/>]+)\/(\w+) -->)[^<]*(<!-- \/figure -->)/g;
const SIGNIFICANT = 3;

/**
 * A page with current figures. A figure is named by its measure, the run and the field of it, of which the median is told; or, with `bars`, by the
 * number of the bar that was judged.
 */
export function withFigures(text, page, language = 'en') {
	return text.replaceAll(FIGURE, (_all, start, measure, run, field, end) => {
		const value = valueOf(measure, run, field);
		if (value === undefined) throw new Error(`${page} asks for the figure ${measure}/${run}/${field}, which was not measured`);
		return `${start}${shown(value, field, language)}${end}`;
	});
}

function valueOf(measure, run, field) {
	const results = JSON.parse(readFileSync(path.join(process.cwd(), 'bench', 'results.json'), 'utf8'));
	const { runs, bars } = results[measure] ?? { runs: {}, bars: [] };
	if (run === 'bars') return bars[Number(field)]?.measured;
	const values = (runs[run] ?? []).map((one) => one[field]).sort((a, b) => a - b);
	const middle = (values.length - 1) / 2;
	return values.length > 0 ? (values[Math.floor(middle)] + values[Math.ceil(middle)]) / 2 : undefined;
}

function shown(value, field, language) {
	const number = (amount) => amount.toLocaleString(language, { maximumSignificantDigits: SIGNIFICANT });
	if (!/ms$/i.test(field)) return number(value);
	const units = language === 'ru' ? { s: 'с', ms: 'мс' } : { s: 's', ms: 'ms' };
	return value >= 1000 ? `${number(value / 1000)} ${units.s}` : `${number(value)} ${units.ms}`;
}

import { accuticsList } from './accutics-list.mts';
import { creates } from './creates.mts';
import { enDocsRate } from './endocs-rate.mts';
import { files } from './files.mts';
import { growth, growthCreates } from './growth.mts';
import { line, lineCreates } from './line.mts';
import { listLarge } from './list-large.mts';
import { list } from './list.mts';
import { loading } from './loading.mts';
import { rate } from './rate.mts';
import { smartConnectXml } from './smartconnect-xml.mts';
import type { Measure } from './support.mts';

/** Every measure by the name that `npm run bench -- <name>` knows it by. */
export const measures: Readonly<Record<string, Measure>> = {
	list,
	'list-large': listLarge,
	growth,
	'growth-creates': growthCreates,
	creates,
	rate,
	files,
	loading,
	'accutics-list': accuticsList,
	'endocs-rate': enDocsRate,
	'smartconnect-xml': smartConnectXml,
	line,
	'line-creates': lineCreates,
};

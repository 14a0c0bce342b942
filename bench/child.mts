/** The process of one contestant for one run; see `runContestant` in `runner.mts`. */
import { control } from '../sandbox/client.mts';
import { measures } from './measures.mts';
import { openLab, type Addresses } from './support.mts';

const [measureName = '', contestantName = '', addresses = ''] = process.argv.slice(2);
const contestant = measures[measureName]?.contestants[contestantName];
if (!contestant) throw new Error(`There is no "${contestantName}" in the measure "${measureName}"`);
const where = JSON.parse(addresses) as Addresses;
const lab = openLab(where, control(where.url));
try {
	process.send?.(await contestant(lab));
} finally {
	lab.close();
	process.disconnect();
}

import type { Room } from '../service.mts';
import { Keys } from './keys.mts';
import type { OutputFile, Process, RunRecord } from './model.mts';
import { known, seedProcesses, seedRuns } from './seed.mts';
import { Tokens } from './tokens.mts';
import { RestTokens } from './rest-tokens.mts';

export interface SmartConnectSettings {
	/** How a missing or expired token is answered. */
	badToken: '401' | '403' | 'blank' | 'message';
	/** How a process of another company is answered. */
	foreignProcess: 'blank' | '401' | '404';
	/** Duration of a run, ms. */
	runMs: number;
	/** How a run ends: by its rows, or always so. `partial` rejects the first row. */
	runResult: 'auto' | 'success' | 'failure' | 'partial';
	/** `Status` of a run that rejected some rows and took others. */
	partialStatus: 0 | 1;
	/** In which form `Status` is sent. */
	statusForm: 'number' | 'boolean' | 'text';
	/** How the XML in `Errors` is written. */
	errorsForm: 'raw' | 'escaped';
	/** Whether GetProcessesByConnection tells zeros in place of the key. */
	zeroMapKeys: boolean;
	/** A new public key for each call; only the newest opens. */
	rotateKeys: boolean;
	/** Host in download links; blank for the API's own. */
	outputHost: string;
	/** Whether the newer API tells `expires_in`. */
	tellExpiry: boolean;
	/** Life of an access token of the newer API, ms (assumed, vendors/smartconnect.md §4). */
	accessLifeMs: number;
}

export const smartConnectDefaults: SmartConnectSettings = {
	badToken: '401',
	foreignProcess: 'blank',
	runMs: 0,
	runResult: 'auto',
	partialStatus: 1,
	statusForm: 'number',
	errorsForm: 'raw',
	zeroMapKeys: true,
	rotateKeys: false,
	outputHost: '',
	tellExpiry: false,
	accessLifeMs: 30 * 60_000,
};

/** Everything the SmartConnect.com service holds while it runs. */
export class State {
	readonly keys = new Keys();
	readonly tokens: Tokens;
	readonly rest: RestTokens;
	processes: Process[] = [];
	runs = new Map<string, RunRecord[]>();
	outputs: OutputFile[] = [];

	constructor(readonly room: Room<SmartConnectSettings>) {
		this.tokens = new Tokens(room.clock, room.issue);
		this.rest = new RestTokens(room.clock, room.settings, room.issue);
		this.reset();
	}

	get settings(): Room<SmartConnectSettings>['settings'] {
		return this.room.settings;
	}

	reset(): void {
		this.tokens.reset();
		this.rest.reset();
		this.processes = seedProcesses();
		this.runs = seedRuns();
		this.outputs = known.outputs.map((outputId, i) => outputFile(outputId, known.priceList, i + 1, `2026-11-0${i + 1}T02:00:05`));
	}

	/** Local-looking time without a zone (§2.3). */
	localTime(): string {
		return new Date(this.room.clock.now()).toISOString().slice(0, 19);
	}

	runsOf(key: string): RunRecord[] {
		const found = this.runs.get(key) ?? [];
		this.runs.set(key, found);
		return found;
	}
}

export function outputFile(outputId: string, processId: string, runNumber: number, created: string): OutputFile {
	const content = `No,Name,Amount\r\n7,Pen,${runNumber}\r\n8,"Ink, blue",4\r\n`;
	return { outputId, processId, runNumber, created, description: 'Price list', fileName: `prices-${runNumber}.csv`, content };
}

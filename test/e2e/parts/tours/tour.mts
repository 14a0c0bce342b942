// A walk-through: what a person does, told in words and done by hand.
import type { Execution } from '../../../../demo/api.mts';
import type { Server } from '../../server.mts';
import type { Hands, Shown } from './hands.mts';

export interface Step {
	/** What a person does, as the page tells it. */
	says: string;
	does(hands: Hands, made: Made): Promise<void>;
	/** What a picture of it shows, and what is to be seen there. */
	shows?: { part: Shown; text: string };
}

/** What is there before a tour begins. */
export interface Made {
	/** A spreadsheet of the tour's rows, as CSV. */
	spreadsheet: string;
}

export interface Tour {
	/** Its page below docs/tours, and how its pictures begin. */
	name: string;
	title: string;
	/** Who has this task, and what comes of it. */
	opening: string;
	/** What is there before. */
	needs: string;
	/** The rows of the spreadsheet that it begins with, the head first. */
	rows?: readonly (readonly string[])[];
	steps: readonly Step[];
	/** What is done next, where that needs an account of one's own. */
	next: string;
	/** Throws unless the last run has made what it should. */
	check(came: Came): Promise<void>;
}

/** What came of a tour. */
export interface Came {
	server: Server;
	workflowId: string;
	/** Its last run. */
	execution: Execution;
}

const FORM = 'On form submission';
/** The node that gives out the rows of a spreadsheet. */
export const EXTRACT = 'Extract from File';
const MANUALLY = 'Trigger manually';
/** The node that a click begins with. */
export const CLICK = 'When clicking ‘Execute workflow’';

/** Begins by a click, and goes on with an action of a node. */
export function byClick(search: string, found: string, action: string): Step {
	return {
		says: `On the empty canvas click **Add first step…**, then **${MANUALLY}**. Click the **+** behind it, type \`${search}\`, click **${found}**, then **${action}**.`,
		does: async (hands) => {
			await hands.begin(MANUALLY);
			await hands.addBehind(CLICK, { search, found, action });
		},
	};
}

/** Begins with a form that takes a spreadsheet, and reads its rows. */
export function spreadsheet(title: string, count: number): Step[] {
	return [
		{
			says: `On the empty canvas click **Add first step…**, then **${FORM}**. Type \`${title}\` as *Form Title*. Click **Add Form Element**, type \`data\` as *Label*, choose *Element Type* **File**.`,
			does: async (hands) => {
				await hands.begin(FORM);
				await hands.fill('formTitle', title);
				await hands.addRow('Add Form Element');
				await hands.fill('fieldLabel', 'data');
				await hands.pick('fieldType', 'File');
			},
			shows: { part: 'parameters', text: 'The form with its one element, a file' },
		},
		{
			says: 'Click **Execute step**. A form opens: choose the spreadsheet there (saved as CSV) and click **Submit**. Close the form, and the panel with the **×** in its corner.',
			does: async (hands, { spreadsheet: file }) => {
				await hands.submitFile(file);
				await hands.backToCanvas();
			},
		},
		{
			says: `Click the **+** behind the form, type \`extract\`, click **${EXTRACT}**, then **Extract from CSV**. Click **Execute step**: ${count} items. Close the panel.`,
			does: async (hands) => {
				await hands.addBehind(FORM, { search: 'extract', found: EXTRACT, action: 'Extract from CSV' });
				await hands.succeed();
				await hands.backToCanvas();
			},
		},
	];
}

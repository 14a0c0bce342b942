// The panels of the trigger nodes, for docs/triggers.md.
import type { Hands } from './hands.mts';

/** One trigger as it is found from an empty canvas. */
export interface TriggerPanel {
	search: string;
	/** What the search finds; the triggers of a service stand below its node, and n8n leaves the word Trigger out. */
	found: string;
	/** The trigger that is clicked. */
	trigger: string;
	/** Its pictures below docs/images, without theme and ending. */
	picture: string;
}

export const triggerPanels: readonly TriggerPanel[] = [
	{ search: 'accutics', found: 'Accutics', trigger: 'On Accutics entity created', picture: 'triggers/accutics' },
	{ search: 'endocs', found: 'EnDocs Cloud', trigger: 'On new invoice', picture: 'triggers/endocs' },
	{ search: 'ento', found: 'Ento', trigger: 'On shift unassigned', picture: 'triggers/ento' },
	{ search: 'entu', found: 'Entu', trigger: 'On Entu entity created', picture: 'triggers/entu' },
	{ search: 'entu polling', found: 'Entu Polling', trigger: 'On Entu entity deleted', picture: 'triggers/entu-polling' },
	{ search: 'smartconnect', found: 'SmartConnect.com', trigger: 'On run failed', picture: 'triggers/smartconnect' },
];

/** Sets a trigger up by hand, and takes a picture of its panel in each theme; returns their files. */
export async function showPanel({ search, found, trigger, picture }: TriggerPanel, hands: Hands, images: string): Promise<string[]> {
	await hands.emptyCanvas();
	await hands.beginWith(search, found, trigger);
	const files = { dark: `${images}/${picture}-dark.png`, light: `${images}/${picture}.png` };
	for (const theme of ['dark', 'light'] as const) await hands.show('parameters', files[theme], theme);
	return Object.values(files);
}

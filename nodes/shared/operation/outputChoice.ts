import type { INodeProperties } from 'n8n-workflow';

/** The forms in which records come out. */
export const outputForms = {
	simplified: { name: 'Simplified', value: 'simplified', description: 'The fields that matter, in a flat form' },
	raw: { name: 'Raw', value: 'raw', description: 'Exactly what the service sent' },
	selectedFields: { name: 'Selected Fields', value: 'selectedFields', description: 'The fields that you choose, the same for every record' },
} as const;

export type OutputForm = keyof typeof outputForms;
/** The values of the choice. */
export const OUTPUTS = Object.keys(outputForms) as OutputForm[];

/** The choice of the output, with all forms; an operation offers those that it has. */
export const outputChoice: INodeProperties = {
	displayName: 'Output',
	name: 'output',
	type: 'options',
	options: Object.values(outputForms),
	default: '',
	description: 'What to give out of each record',
};

import type { INodeProperties } from 'n8n-workflow';

/** The rights, strongest first; Entu calls the property `_owner` and so on (entu.md §4.4). */
export const RIGHTS = ['owner', 'editor', 'expander', 'viewer', 'noaccess'] as const;

const rights: NonNullable<INodeProperties['options']> = [
	{ name: 'Editor', value: 'editor', description: 'Reads and changes, but not rights' },
	{ name: 'Expander', value: 'expander', description: 'Reads, and adds entities below' },
	{ name: 'No Access', value: 'noaccess', description: 'Takes away every right here, also inherited ones; what is shared stays readable' },
	{ name: 'Owner', value: 'owner', description: 'Full control, rights included' },
	{ name: 'Viewer', value: 'viewer', description: 'Reads' },
];

export const right: INodeProperties = {
	displayName: 'Right',
	name: 'right',
	type: 'options',
	options: rights,
	default: 'viewer',
	description: 'What the person may do',
};

export const rightToRevoke: INodeProperties = {
	displayName: 'Right',
	name: 'right',
	type: 'options',
	options: [{ name: 'Any', value: 'any', description: 'Whatever the person has on this entity' }, ...rights] as INodeProperties['options'],
	default: 'any',
	description: 'The right to take away',
};

export const SHARINGS = ['domain', 'private', 'public'] as const;

export const sharingField: INodeProperties = {
	displayName: 'Sharing',
	name: 'sharing',
	type: 'options',
	options: [
		{ name: 'Domain', value: 'domain', description: 'All users of the database may read' },
		{ name: 'Private', value: 'private', description: 'Only persons with a right may read' },
		{ name: 'Public', value: 'public', description: 'Anybody may read' },
	],
	default: 'private',
	description: 'Who may read beside the persons with a right',
};

export const inheritRightsField: INodeProperties = {
	displayName: 'Inherit Rights',
	name: 'inheritRights',
	type: 'boolean',
	default: true,
	description: 'Whether the rights of the parents hold here too',
};

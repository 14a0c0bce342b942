/** Node and credential types for the engine: the package under test as n8n loads it; n8n's own nodes one by one, when a workflow uses them. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { ICredentialType, INodeProperties, INodeType, INodeTypeDescription, INodeTypes } from 'n8n-workflow';
import { forgetModules, projectRoot, type N8n } from './n8n.mts';

export interface NodeTypeSource extends INodeTypes {
	packageName: string;
	/** Of the package under test. */
	nodeNames: string[];
	credentialNames: string[];
	getByNameAndVersion(type: string, version?: number): INodeType;
	credential(name: string): ICredentialType;
}

const BASE = 'n8n-nodes-base';

export function loadNodeTypes(n8n: N8n, packageDir: string): NodeTypeSource {
	const own = loadPackage(n8n, packageDir);
	const base = lazily(() => indexBaseNodes(n8n));
	const find = (type: string) => {
		const [packageName, name = ''] = type.split('.');
		if (packageName === own.packageName) {
			const isTool = !(name in own.known.nodes) && name.endsWith('Tool');
			return isTool ? asTool(own.getNode(name.slice(0, -'Tool'.length)).type as INodeType) : own.getNode(name).type;
		}
		if (packageName === BASE) return base().getNode(name).type;
		throw new Error(`No package for node type ${type}`);
	};
	return {
		packageName: own.packageName,
		nodeNames: Object.keys(own.known.nodes),
		credentialNames: Object.keys(own.known.credentials),
		getByName: find,
		getByNameAndVersion: (type, version) => n8n.workflow.NodeHelpers.getVersionedNodeType(find(type), version),
		getKnownTypes: () => ({}),
		credential: (name) => (name in own.known.credentials ? own : base()).getCredential(name).type,
	};
}

/** Loads every node and credential of the package, already built, as n8n does after an installation. */
function loadPackage(n8n: N8n, packageDir: string) {
	const loader = new n8n.core.PackageDirectoryLoader(packageDir);
	const { n8n: block, version } = loader.packageJson;
	for (const file of [...(block?.nodes ?? []), ...(block?.credentials ?? [])]) {
		if (!existsSync(path.join(packageDir, file))) throw new Error(`${file} is missing: run \`npm run build\` first`);
	}
	forgetModules(packageDir);
	for (const file of block?.nodes ?? []) loader.loadNodeFromFile(file, version);
	for (const file of block?.credentials ?? []) loader.loadCredentialFromFile(file);
	return loader;
}

/** Knows where each of n8n's own nodes lies, and loads none: there are hundreds. */
function indexBaseNodes(n8n: N8n) {
	const directory = path.join(projectRoot, 'node_modules', BASE);
	const loader = new n8n.core.PackageDirectoryLoader(directory);
	const read = (file: string): unknown => JSON.parse(readFileSync(path.join(directory, 'dist/known', file), 'utf8'));
	loader.known.nodes = read('nodes.json') as typeof loader.known.nodes;
	loader.known.credentials = read('credentials.json') as typeof loader.known.credentials;
	return loader;
}

/** The twin that n8n makes of each node with `usableAsTool`: type `<name>Tool`, an output for agents, a description for the model. */
function asTool(type: INodeType): INodeType {
	const { usableAsTool, ...description } = type.description;
	if (!usableAsTool) throw new Error(`${description.name} is not usable as a tool`);
	const automatic: INodeProperties = {
		displayName: 'Tool Description',
		name: 'descriptionType',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Set Automatically', value: 'auto' },
			{ name: 'Set Manually', value: 'manual' },
		],
		default: 'auto',
	};
	const manual: INodeProperties = {
		displayName: 'Description',
		name: 'toolDescription',
		type: 'string',
		default: description.description,
		required: true,
		displayOptions: { show: { descriptionType: ['manual'] } },
	};
	const twin: INodeTypeDescription = {
		...description,
		name: `${description.name}Tool`,
		displayName: `${description.displayName} Tool`,
		inputs: [],
		outputs: ['ai_tool'],
		properties: [automatic, manual, ...description.properties],
	};
	return Object.create(type, { description: { value: twin } }) as INodeType;
}

function lazily<T>(make: () => T): () => T {
	let made: T | undefined;
	return () => (made ??= make());
}

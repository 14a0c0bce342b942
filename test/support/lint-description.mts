/**
 * n8n's own lint rules over a description as built. n8n lints source text and so sees only literals; what builder functions
 * return is written out as a literal here and given to the same rules.
 */
import { createRequire } from 'node:module';
import type { ESLint, Linter } from 'eslint';
import type { INodeTypeDescription } from 'n8n-workflow';
import { load } from './n8n.mts';

const n8nLint = createRequire(load.resolve('@n8n/node-cli/eslint'));

/**
 * The findings, one line each; empty when n8n has nothing to object to.
 * @param services names that may stand in actions: the rule about sentence case knows proper names in capitals only
 */
export async function lintDescription(description: INodeTypeDescription, services: readonly string[] = []): Promise<string[]> {
	const className = description.name.replace(/^./, (first) => first.toUpperCase());
	const written = `export class ${className} { description: INodeTypeDescription = ${literal(description)}; }`;
	const code = written.replace(/^action: .*$/gm, (action) => services.reduce((text, service) => text.replaceAll(new RegExp(`\\b${service}\\b`, 'g'), service.toUpperCase()), action));
	const [result] = await linter().lintText(code, { filePath: `nodes/${className}/${className}.node.ts` });
	const lines = code.split('\n');
	return (result?.messages ?? []).map(({ ruleId, message, line }) => `${ruleId}: ${message} (${lines[line - 1]?.trim()})`);
}

function linter(): ESLint {
	const { ESLint } = load('eslint') as typeof import('eslint');
	const plugin = loadPlugin();
	const { parser } = n8nLint('typescript-eslint') as { parser: Linter.Parser };
	const config: Linter.Config = {
		files: ['**/*.ts'],
		plugins: { 'n8n-nodes-base': plugin },
		languageOptions: { parser },
		rules: { ...plugin.configs.nodes.rules, ...Object.fromEntries(notForCommunityNodes.map((rule) => [rule, 'off'])) },
	};
	return new ESLint({ overrideConfigFile: true, overrideConfig: [config], allowInlineConfig: false });
}

type N8nPlugin = ESLint.Plugin & { configs: { nodes: { rules: Linter.RulesRecord } } };

/** The plugin applies every rule to every file when it is loaded in a test environment, which is meant for its own tests. */
function loadPlugin(): N8nPlugin {
	const { NODE_ENV } = process.env;
	process.env.NODE_ENV = 'production';
	try {
		return n8nLint('eslint-plugin-n8n-nodes-base') as N8nPlugin;
	} finally {
		process.env.NODE_ENV = NODE_ENV;
	}
}

/** Switched off by n8n's own configuration for community nodes. */
const notForCommunityNodes = [
	'n8n-nodes-base/node-class-description-inputs-wrong-regular-node',
	'n8n-nodes-base/node-class-description-outputs-wrong',
	'n8n-nodes-base/node-param-type-options-max-value-present',
];

/** The rules look for plain keys, so JSON will not do. */
function literal(value: unknown): string {
	if (Array.isArray(value)) return `[\n${value.map(literal).join(',\n')}\n]`;
	if (typeof value !== 'object' || value === null) return JSON.stringify(value);
	const entries = Object.entries(value).filter(([, child]) => child !== undefined);
	return `{\n${entries.map(([key, child]) => `${plainKey(key)}: ${literal(child)}`).join(',\n')}\n}`;
}

const plainKey = (key: string) => (/^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key));

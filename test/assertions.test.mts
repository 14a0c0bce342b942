/** The tests of the package: none takes from the code under test what it expects of it. (That no empty list passes is a rule of lint.) */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

const files = readdirSync('test', { recursive: true, encoding: 'utf8' }).map((name) => path.join('test', name)).filter((file) => file.endsWith('.test.mts'));

/** `<name of the value>: <the expectation>` for everything that is imported from shipped code and stands where something is expected. */
function borrowed(file: string, source: string): string[] {
	const tree = ts.createSourceFile(file, source, ts.ScriptTarget.ES2022, true);
	const imported = new Set(tree.statements.filter(ts.isImportDeclaration).flatMap(namesFromShipped));
	const found: string[] = [];
	const visit = (node: ts.Node): void => {
		if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression) && /^to[A-Z]/.test(node.expression.name.text)) {
			const subject = new Set(namesIn(node.expression.expression));
			// That two calls give the same thing, or not, is an expectation of its own; so is the class of an error.
			const taken = node.arguments.flatMap(namesIn).filter((name) => imported.has(name) && !subject.has(name) && !name.endsWith('Error'));
			for (const name of taken) found.push(`${name}: ${node.getText(tree)}`);
		}
		ts.forEachChild(node, visit);
	};
	visit(tree);
	return found;
}

function namesFromShipped({ moduleSpecifier, importClause }: ts.ImportDeclaration): string[] {
	const isShipped = ts.isStringLiteral(moduleSpecifier) && /^(\.\.\/)+(nodes|credentials)\//.test(moduleSpecifier.text);
	const bindings = importClause?.namedBindings;
	return isShipped && bindings && ts.isNamedImports(bindings) ? bindings.elements.filter(({ isTypeOnly }) => !isTypeOnly).map(({ name }) => name.text) : [];
}

function namesIn(node: ts.Node): string[] {
	const names: string[] = ts.isIdentifier(node) ? [node.text] : [];
	ts.forEachChild(node, (child) => {
		for (const name of namesIn(child)) names.push(name);
	});
	return names;
}

test('no test expects what the code under test computes', () => {
	const found = files.map((file) => [file, borrowed(file, readFileSync(file, 'utf8'))] as const).filter(([, names]) => names.length > 0);
	expect(found).toEqual([]);
	expect(files.length).toBeGreaterThan(100);
});

test('the check finds such an expectation, and lets comparisons of two results be', () => {
	const source = (expectation: string) => `import { size } from '../../nodes/shared/size';\n${expectation}`;
	expect(borrowed('a.test.mts', source('expect(measured).toBe(size(3));'))).toEqual(['size: expect(measured).toBe(size(3))']);
	expect(borrowed('a.test.mts', source('expect(size(3)).toBe(size(3));'))).toEqual([]);
	expect(borrowed('a.test.mts', source('expect(size(3)).toBe(9);'))).toEqual([]);
});

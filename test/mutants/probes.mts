/** Which tests run which lines: every block of shipped code gets a probe that says when it is entered. */
import ts from 'typescript';

/** A piece of code that is run as a whole or not at all, by its place in a file. */
export interface Block {
	readonly start: number;
	readonly end: number;
	/** What its probe says. */
	readonly name: string;
}

/** The blocks of a file, those within others behind them. */
export function blocksOf(file: string, source: string): Block[] {
	return placesOf(source).map(({ node }) => ({ start: node.getStart(), end: node.end, name: `${file}:${node.getStart()}` }));
}

/** The name of the innermost block that holds a place; nothing for what is run as soon as the file is loaded. */
export function blockAt(blocks: readonly Block[], place: number): string | undefined {
	return blocks.filter(({ start, end }) => start <= place && place < end).at(-1)?.name;
}

/** The source with probes. Each adds its name to `globalThis.probed`, where that is a set. */
export function withProbes(file: string, source: string): string {
	const edits = placesOf(source).flatMap(({ node, isExpression }) => {
		const probe = `globalThis.probed?.add(${JSON.stringify(`${file}:${node.getStart()}`)})`;
		return isExpression ? [{ at: node.getStart(), text: `(${probe}, ` }, { at: node.end, text: ')' }] : [{ at: node.getStart() + 1, text: `${probe};` }];
	});
	return edits.sort((a, b) => b.at - a.at).reduce((text, edit) => text.slice(0, edit.at) + edit.text + text.slice(edit.at), source);
}

function placesOf(source: string): Array<{ node: ts.Node; isExpression: boolean }> {
	const places: Array<{ node: ts.Node; isExpression: boolean }> = [];
	const visit = (node: ts.Node): void => {
		if (ts.isBlock(node) && !isOfDerived(node.parent)) places.push({ node, isExpression: false });
		else if (ts.isArrowFunction(node.parent) && node === node.parent.body && !ts.isBlock(node)) places.push({ node, isExpression: true });
		ts.forEachChild(node, visit);
	};
	ts.forEachChild(ts.createSourceFile('x.ts', source, ts.ScriptTarget.ES2022, true), visit);
	return places;
}

/** A constructor that has to begin with `super()`. */
function isOfDerived(node: ts.Node): boolean {
	return ts.isConstructorDeclaration(node) && node.parent.heritageClauses !== undefined;
}

/** What can be changed in a source file: every small mistake that somebody might make, each as one piece of text in place of another. */
import ts from 'typescript';

export interface Mutant {
	/** Path in the project. */
	readonly file: string;
	/** From 1. */
	readonly line: number;
	/** Where the mistake begins, in characters from the start of the file. */
	readonly place: number;
	/** The line it begins in, without the blanks at its ends. */
	readonly text: string;
	/** What sort of mistake it is. */
	readonly kind: string;
	/** `before → after`, in one line, shortened. */
	readonly change: string;
	/** The whole file with the mistake in it. */
	readonly source: string;
}

interface Edit {
	readonly kind: string;
	readonly start: number;
	readonly end: number;
	readonly text: string;
}

const OPERATORS: Readonly<Record<string, readonly string[]>> = {
	'===': ['!=='],
	'!==': ['==='],
	'<': ['<=', '>='],
	'<=': ['<', '>'],
	'>': ['>=', '<='],
	'>=': ['>', '<'],
	'&&': ['||'],
	'||': ['&&'],
	'+': ['-'],
	'-': ['+'],
	'*': ['/'],
	'/': ['*'],
	'%': ['*'],
	'+=': ['-='],
	'-=': ['+='],
	'++': ['--'],
	'--': ['++'],
};

/** Methods that are mistaken for each other. */
const TWINS: ReadonlyMap<string, string> = new Map([
	['every', 'some'],
	['some', 'every'],
	['min', 'max'],
	['max', 'min'],
	['startsWith', 'endsWith'],
	['endsWith', 'startsWith'],
	['find', 'findLast'],
	['indexOf', 'lastIndexOf'],
	['floor', 'ceil'],
	['ceil', 'floor'],
	['all', 'race'],
]);

/** Methods whose call can be forgotten. */
const FORGOTTEN = new Set(['filter', 'slice', 'sort', 'toSorted', 'reverse', 'toReversed', 'trim', 'toLowerCase', 'toUpperCase', 'flat', 'normalize', 'replace', 'replaceAll', 'concat', 'catch', 'finally']);

/** All mutants of a file, in the order of their places. */
export function mutantsOf(file: string, source: string): Mutant[] {
	const tree = ts.createSourceFile(file, source, ts.ScriptTarget.ES2022, true);
	const edits: Edit[] = [];
	const visit = (node: ts.Node): void => {
		if (isOnlyForTypes(node)) return;
		for (const edit of editsOf(node, tree)) if (edit.text !== source.slice(edit.start, edit.end)) edits.push(edit);
		ts.forEachChild(node, visit);
	};
	visit(tree);
	const lines = source.split('\n');
	return edits
		.sort((a, b) => a.start - b.start || a.end - b.end || (a.text < b.text ? -1 : 1))
		.map(({ kind, start, end, text }) => {
			const { line } = tree.getLineAndCharacterOfPosition(start);
			return {
				file,
				line: line + 1,
				place: start,
				text: (lines[line] ?? '').trim(),
				kind,
				change: `${short(source.slice(start, end))} → ${short(text)}`,
				source: source.slice(0, start) + text + source.slice(end),
			};
		});
}

function short(text: string): string {
	const line = text.replace(/\s+/g, ' ').trim();
	if (line === '') return '(nothing)';
	return line.length > 70 ? `${line.slice(0, 67)}…` : line;
}

function isOnlyForTypes(node: ts.Node): boolean {
	return (
		ts.isTypeNode(node) || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node) || ts.isTypeParameterDeclaration(node) || ts.isImportDeclaration(node) || ts.isExportDeclaration(node)
	);
}

function* editsOf(node: ts.Node, tree: ts.SourceFile): Generator<Edit> {
	const whole = (kind: string, text: string): Edit => ({ kind, start: node.getStart(tree), end: node.end, text });
	const part = (kind: string, { pos, end }: ts.ReadonlyTextRange, text: string): Edit => ({ kind, start: tree.text.slice(pos, end).search(/\S/) + pos, end, text });
	const textOf = (child: ts.Node) => child.getText(tree);

	if (ts.isBinaryExpression(node)) {
		const operator = textOf(node.operatorToken);
		const joinsTexts = operator === '+' && [node.left, node.right].some((side) => ts.isStringLiteralLike(side) || ts.isTemplateExpression(side));
		if (!joinsTexts) for (const other of OPERATORS[operator] ?? []) yield part('operator', node.operatorToken, other);
		if (operator === '??' || operator === '||') {
			yield whole('fallback', `(${textOf(node.left)})`);
			yield whole('fallback', `(${textOf(node.right)})`);
		}
		if (operator === '??=') yield part('operator', node.operatorToken, '=');
	}
	if (ts.isPrefixUnaryExpression(node)) {
		if (node.operator === ts.SyntaxKind.ExclamationToken) yield whole('negation', textOf(node.operand));
		if (node.operator === ts.SyntaxKind.MinusToken) yield whole('number', textOf(node.operand));
	}
	if (ts.isPostfixUnaryExpression(node)) {
		yield whole('operator', textOf(node.operand) + (node.operator === ts.SyntaxKind.PlusPlusToken ? '--' : '++'));
	}
	if (ts.isConditionalExpression(node)) {
		yield whole('condition', `(${textOf(node.whenTrue)})`);
		yield whole('condition', `(${textOf(node.whenFalse)})`);
	}
	if (ts.isIfStatement(node)) {
		yield part('condition', node.expression, 'true');
		yield part('condition', node.expression, 'false');
		yield part('negation', node.expression, `!(${textOf(node.expression)})`);
	}
	if (ts.isWhileStatement(node)) yield part('condition', node.expression, 'false');
	if (node.kind === ts.SyntaxKind.TrueKeyword && ts.isExpression(node)) yield whole('switch', 'false');
	if (node.kind === ts.SyntaxKind.FalseKeyword && ts.isExpression(node)) yield whole('switch', 'true');
	if (ts.isNumericLiteral(node) && !isName(node)) {
		const value = Number(node.text);
		yield whole('number', String(value + 1));
		if (value !== 0) yield whole('number', String(value - 1));
	}
	if (ts.isStringLiteralLike(node) && !isName(node)) yield whole('text', node.text === '' ? "'mutant'" : "''");
	if (ts.isTemplateExpression(node)) yield whole('text', "''");
	if (ts.isRegularExpressionLiteral(node)) for (const text of looserPatterns(node.text)) yield whole('pattern', text);
	if (ts.isAwaitExpression(node)) yield whole('await', `(${textOf(node.expression)})`);
	if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
		const method = node.expression.name.text;
		const twin = TWINS.get(method);
		if (twin) yield part('method', node.expression.name, twin);
		if (FORGOTTEN.has(method)) yield whole('method', textOf(node.expression.expression));
	}
	if (ts.isSpreadElement(node) || ts.isSpreadAssignment(node)) yield removal('removed', node, tree);
	if ((ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node)) && ts.isObjectLiteralExpression(node.parent)) yield removal('removed', node, tree);
	if (ts.isExpressionStatement(node) || ts.isThrowStatement(node) || ts.isBreakStatement(node) || ts.isContinueStatement(node)) yield whole('removed', ';');
	if (ts.isReturnStatement(node) && node.expression) yield part('return', node.expression, 'undefined');
	if ((ts.isParameter(node) || ts.isBindingElement(node)) && node.initializer) {
		yield { kind: 'fallback', start: ((ts.isParameter(node) ? node.type : undefined) ?? node.name).end, end: node.initializer.end, text: '' };
	}
	if (ts.isFunctionLike(node) && 'body' in node && node.body && ts.isBlock(node.body) && node.body.statements.length > 0) yield part('removed', node.body, '{}');
}

/** A name that only looks like a value: a key, or what stands in a declaration. */
function isName(node: ts.StringLiteralLike | ts.NumericLiteral): boolean {
	const { parent } = node;
	return (ts.isPropertyAssignment(parent) || ts.isMethodDeclaration(parent)) && parent.name === node;
}

/** An entry of a list, with the comma behind it. */
function removal(kind: string, node: ts.Node, tree: ts.SourceFile): Edit {
	const comma = /^\s*,/.exec(tree.text.slice(node.end));
	return { kind, start: node.getStart(tree), end: node.end + (comma?.[0].length ?? 0), text: '' };
}

function looserPatterns(pattern: string): string[] {
	const close = pattern.lastIndexOf('/');
	const [body, flags] = [pattern.slice(1, close), pattern.slice(close + 1)];
	const loose = [];
	if (body.startsWith('^') && body.length > 1) loose.push(`/${body.slice(1)}/${flags}`);
	if (/[^\\]\$$/.test(body)) loose.push(`/${body.slice(0, -1)}/${flags}`);
	if (flags.includes('i')) loose.push(`/${body}/${flags.replace('i', '')}`);
	return loose;
}

/** So many of a list in random order, the same for the same seed, each equally likely: the first of them are a random sample as well. */
export function sample<T>(list: readonly T[], wanted: number, seed: number): T[] {
	const next = randomNumbers(seed);
	const left = [...list];
	const chosen: T[] = [];
	while (chosen.length < wanted && left.length > 0) {
		const place = Math.floor(next() * left.length);
		const [last] = left.splice(-1);
		chosen.push((place < left.length ? left[place] : last) as T);
		if (place < left.length) left[place] = last as T;
	}
	return chosen;
}

/** Numbers from 0 up to 1 (mulberry32). */
function randomNumbers(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
}

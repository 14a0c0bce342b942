import { asItCame, BACKSLASH, escapesFor, isIntroducer, INTRODUCERS, MOST_LAYERS, unescaped, unescapedWithOrigin, unitAt, type Unescaped } from './escapes';
import { type Form, formsOf, PIECE } from './forms';

type Range = readonly [start: number, end: number];

/** So many characters are looked up at a time. */
const GRAM = 3;
/** Of any piece that counts, one gram begins at a multiple of this. */
const STRIDE = PIECE - GRAM + 1;
const SLOTS = 1 << 15;
/** How far around a place a secret is looked for, each of whose characters may be an escape. */
const REACH = 1024;
/** What follows a backslash in JSON for a character that no secret holds: `\n` and the like. */
const NEVER_TELLING: ReadonlySet<number> = new Set([...'nrtbf'].map((character) => character.charCodeAt(0)));
const LETTERS_AND_DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Finds secrets in texts, in all their forms, whole or in part, whatever their case and escapes. */
export class Finder {
	private readonly grams = new Map<number, Array<{ readonly form: Form; readonly at: number }>>();
	/** Which grams there may be, so that nearly all places are passed over without looking them up. */
	private readonly slots = new Uint8Array(SLOTS);
	/** Forms that are too short to be found by a gram. */
	private readonly short: readonly Form[];
	private readonly escapes: RegExp;
	/** Characters that a part of a secret may be behind the escape of. */
	private readonly telling: ReadonlySet<number>;

	constructor(secrets: readonly string[]) {
		const forms = formsOf(secrets);
		this.escapes = escapesFor(secrets);
		this.telling = new Set([...`${secrets.join('')}${LETTERS_AND_DIGITS}`].map((character) => character.charCodeAt(0)));
		this.short = forms.filter(({ least }) => least < PIECE);
		for (const form of forms) if (form.least >= PIECE) this.add(form);
	}

	/** Whether any secret is in the text. */
	isIn(text: string): boolean {
		let layer = text;
		for (let depth = 0; depth <= MOST_LAYERS; depth++) {
			if (this.find(layer, true).length > 0) return true;
			const next = unescaped(layer, this.escapes);
			if (next === layer) return false;
			layer = next;
		}
		return false;
	}

	/**
	 * The same for long texts, in one pass however many forms there are: escapes are taken off only where they stand for something that a
	 * secret as entered holds.
	 */
	isInLong(text: string): boolean {
		return this.find(text, true).length > 0 || INTRODUCERS.some((introducer) => this.isBehind(introducer, text));
	}

	/** The text with each secret replaced by a mask. */
	masked(text: string, mask: string): string {
		let shown = '';
		let at = 0;
		for (const [start, end] of merged(this.places(text))) {
			// Blanks around what was entered are no part of the secret.
			const blanks = /^\s*/.exec(text.slice(start, end))?.[0] ?? '';
			shown += text.slice(at, start) + blanks + mask;
			at = end;
		}
		return shown + text.slice(at);
	}

	/** Where secrets are in the text as it came, under all its escapes. */
	private places(text: string): Range[] {
		const places: Range[] = [];
		let layer: Unescaped = asItCame(text);
		for (let depth = 0; depth <= MOST_LAYERS; depth++) {
			const { origin } = layer;
			for (const [start, end] of this.find(layer.text, false)) places.push([origin[start] ?? 0, origin[end] ?? text.length]);
			const next = unescapedWithOrigin(layer, this.escapes);
			if (next.text === layer.text) break;
			layer = next;
		}
		return places;
	}

	/** Where secrets stand in the text just like that. */
	private find(text: string, isOneEnough: boolean): Range[] {
		const found = this.findShort(text);
		const { slots } = this;
		const last = text.length - GRAM;
		for (let at = 0; at <= last; at += STRIDE) {
			if (slots[slotOf(text.charCodeAt(at), text.charCodeAt(at + 1), text.charCodeAt(at + 2))] === 0) continue;
			for (const range of this.piecesAt(text, at)) found.push(range);
			if (isOneEnough && found.length > 0) return found;
		}
		return found;
	}

	private findShort(text: string): Range[] {
		if (this.short.length === 0) return [];
		const lower = lowerCase(text);
		return this.short.flatMap((form) => {
			const ranges: Range[] = [];
			for (let at = lower.indexOf(form.text); at !== -1; at = lower.indexOf(form.text, at + form.text.length)) ranges.push([at, at + form.text.length]);
			return ranges;
		});
	}

	private piecesAt(text: string, at: number): Range[] {
		const ranges: Range[] = [];
		for (const gram of this.grams.get(gramOf(text.charCodeAt(at), text.charCodeAt(at + 1), text.charCodeAt(at + 2))) ?? []) {
			const [start, end] = stretched(text, at, gram.form.text, gram.at);
			if (end - start >= gram.form.least) ranges.push([start, end]);
		}
		return ranges;
	}

	/** Whether a secret is in the text that has an escape with this beginning in it. */
	private isBehind(introducer: string, text: string): boolean {
		for (let at = text.indexOf(introducer); at !== -1; at = text.indexOf(introducer, at)) {
			if (!this.tells(text, at)) {
				at += 1;
				continue;
			}
			const { end, hasGram } = this.around(text, at);
			if (hasGram && this.isIn(text.slice(Math.max(0, at - REACH), end + REACH))) return true;
			at = end;
		}
		return false;
	}

	/** Whether what stands there is the escape of something that may be part of a secret. */
	private tells(text: string, at: number): boolean {
		if (text.charCodeAt(at) === BACKSLASH && NEVER_TELLING.has(text.charCodeAt(at + 1))) return false;
		const { code, length } = unitAt(text, at);
		return length > 1 && (this.telling.has(code) || (isIntroducer(code) && isIntroducer(text.charCodeAt(at + length))));
	}

	/** Looks for grams, with the escapes taken off, from a piece before an escape that tells to a piece after the last one that follows so closely. */
	private around(text: string, escape: number): { readonly end: number; readonly hasGram: boolean } {
		let [a, b] = [0, 0];
		let hasGram = false;
		let at = Math.max(0, escape - PIECE);
		for (let left = 2 * PIECE; left > 0 && at < text.length; left--) {
			const { code, length } = unitAt(text, at);
			if (length > 1 && at >= escape && this.telling.has(code)) left = PIECE;
			hasGram ||= this.slots[slotOf(a, b, code)] === 1 && this.grams.has(gramOf(a, b, code));
			[a, b] = [b, code];
			at += length;
		}
		return { end: Math.max(at, escape + 1), hasGram };
	}

	private add(form: Form): void {
		for (let at = form.from; at <= form.text.length - GRAM; at++) {
			const [a, b, c] = [form.text.charCodeAt(at), form.text.charCodeAt(at + 1), form.text.charCodeAt(at + 2)];
			const known = this.grams.get(gramOf(a, b, c));
			if (known) known.push({ form, at });
			else this.grams.set(gramOf(a, b, c), [{ form, at }]);
			this.slots[slotOf(a, b, c)] = 1;
		}
	}
}

/** A small number for three characters, the same for both cases of a letter. */
function slotOf(a: number, b: number, c: number): number {
	return ((a & 31) << 10) | ((b & 31) << 5) | (c & 31);
}

/** A number that hardly any other three characters have, the same for both cases of a letter. */
function gramOf(a: number, b: number, c: number): number {
	return ((lower(a) & 255) << 16) | ((lower(b) & 255) << 8) | (lower(c) & 255);
}

/** How far a text and a form are the same around a place where they are. */
function stretched(text: string, at: number, form: string, formAt: number): Range {
	const isSame = (distance: number): boolean => lower(text.charCodeAt(at + distance)) === form.charCodeAt(formAt + distance);
	let before = 0;
	while (at > before && formAt > before && isSame(-before - 1)) before++;
	let after = 0;
	while (at + after < text.length && formAt + after < form.length && isSame(after)) after++;
	return [at - before, at + after];
}

function lower(code: number): number {
	if (code >= 0x41 && code <= 0x5a) return code + 0x20;
	return code < 0x80 ? code : String.fromCharCode(code).toLowerCase().charCodeAt(0);
}

/** Of the same length as the text, which a few characters of other scripts would make longer. */
function lowerCase(text: string): string {
	const lower = text.toLowerCase();
	return lower.length === text.length ? lower : text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** In order, and those that touch as one. */
function merged(ranges: readonly Range[]): Range[] {
	const result: Array<[number, number]> = [];
	for (const [start, end] of [...ranges].sort(([a], [b]) => a - b)) {
		const last = result.at(-1);
		if (last && start <= last[1]) last[1] = Math.max(last[1], end);
		else result.push([start, end]);
	}
	return result;
}

/** Several values, one of which must be met, and how a query says so. */
export class OneOf {
	constructor(
		readonly values: readonly string[],
		private readonly write: (values: readonly string[]) => string,
	) {}

	get text(): string {
		return this.write(this.values);
	}

	/**
	 * The same in parts that are no longer than this in an address; nothing when one of the values alone is longer.
	 * @param longest in characters
	 */
	parts(longest: number): string[] | undefined {
		const parts: string[] = [];
		let from = 0;
		while (from < this.values.length) {
			const to = this.end(from, longest);
			if (to === from) return undefined;
			parts.push(this.write(this.values.slice(from, to)));
			from = to;
		}
		return parts;
	}

	/** How far a part reaches that begins here: its values are added up, and then taken off one by one until the whole is short enough. */
	private end(from: number, longest: number): number {
		let to = from;
		for (let length = 0; to < this.values.length && length <= longest; to++) length += lengthOf(this.values[to] ?? '');
		while (to > from && lengthOf(this.write(this.values.slice(from, to))) > longest) to--;
		return to;
	}
}

/** The length of a text in an address, in characters. */
export function lengthOf(text: string): number {
	return encodeURIComponent(text).length;
}

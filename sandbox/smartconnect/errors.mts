/** A refusal with a status and a short text; the real bodies are not documented (assumed). */
export class Refusal extends Error {
	constructor(
		readonly status: number,
		message: string,
	) {
		super(message);
	}
}

/** A text with status 200, in the form of the vendor's platform (assumed). */
export class Said extends Error {}

/** An empty answer with status 200, seen where the address is wrong or the user may not use the process (vendors/smartconnect.md §2.4). */
export class Blank extends Error {}

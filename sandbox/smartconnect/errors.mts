/** A refusal with a status and a short text; the real bodies are not documented (assumed). */
export class Refusal extends Error {
	constructor(
		readonly status: number,
		message: string,
	) {
		super(message);
	}
}

/** An empty answer with status 200, seen where the address is wrong or the user may not use the process (vendors/smartconnect.md §2.4). */
export class Blank extends Error {}

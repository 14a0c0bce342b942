/** Asks again and again until the answer is neither false nor undefined, and resolves with it; rejects after `timeoutMs`, saying what was waited for. */
export async function until<T>(what: string, ask: () => Promise<T | false | undefined> | T | false | undefined, { timeoutMs = 30_000, everyMs = 50 } = {}): Promise<T> {
	const deadline = Date.now() + timeoutMs;
	for (;;) {
		const answer = await ask();
		if (answer !== false && answer !== undefined) return answer;
		if (Date.now() > deadline) throw new Error(`Waited ${timeoutMs / 1000} s in vain for: ${what}.`);
		await new Promise((resolve) => setTimeout(resolve, everyMs));
	}
}

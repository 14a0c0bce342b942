/** Runs test files in the order that the worker was given. */
const { default: Sequencer } = require('@jest/test-sequencer');

module.exports = class extends Sequencer {
	sort(tests) {
		const place = new Map(globalThis.mutantTests.map((file, index) => [file, index]));
		return [...tests].sort((a, b) => place.get(a.path) - place.get(b.path));
	}
};

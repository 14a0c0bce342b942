/**
 * Jest's Node environment, with a way out of its module registry. `jestWorker.require` is Node's own require: what it loads is evaluated
 * once per worker, not once per test file. `jestWorker.kept` holds what stays from one test file to the next.
 */
const { TestEnvironment } = require('jest-environment-node');

const kept = new Map();
const { now } = Date;

module.exports = class extends TestEnvironment {
	async setup() {
		await super.setup();
		this.global.jestWorker = { require, kept };
		// One Date for both sides: a test that moves the clock (`Date.now = …`) moves the engine's, and a date is a Date to either.
		this.global.Date = Date;
	}

	async teardown() {
		Date.now = now;
		await super.teardown();
	}
};

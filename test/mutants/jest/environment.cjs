/** The environment of all tests, that runs no more of a test file once one of its tests has failed. */
const Environment = require('../../support/environment.cjs');

module.exports = class extends Environment {
	handleTestEvent({ name, test }) {
		if (name === 'test_fn_failure' || name === 'hook_failure') this.failed = true;
		else if (name === 'test_start' && this.failed) test.mode = 'skip';
	}
};

/**
 * The environment of all tests, that runs no test more once one has failed. (Jest's own `bail` would end the process, and n8n's engine would have
 * to be loaded anew for the next mutant.) What probes say is gathered in one place, whichever context they are in.
 */
const Environment = require('../../support/environment.cjs');

module.exports = class extends Environment {
	async setup() {
		if (globalThis.mutantNoticed) throw new Error('A test before this one has failed');
		await super.setup();
		this.global.probed = globalThis.probed;
	}

	handleTestEvent({ name, test }) {
		if (name === 'test_fn_failure' || name === 'hook_failure') globalThis.mutantNoticed = true;
		else if (name === 'test_start' && globalThis.mutantNoticed) test.mode = 'skip';
	}
};

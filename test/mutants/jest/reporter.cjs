/** Tells the parent process which test file begins, and how long each took. */
module.exports = class {
	onTestFileStart({ path }) {
		process.send({ begun: path });
	}

	onTestFileResult({ path }, { perfStats, numFailingTests, testExecError, testResults, failureMessage }) {
		const failing = testResults.find(({ status }) => status === 'failed')?.fullName;
		const failed = numFailingTests > 0 || testExecError !== undefined || failureMessage ? (failing ?? 'the file itself') : undefined;
		process.send({ ended: path, ms: perfStats.end - perfStats.start, failed, why: failed && String(failureMessage ?? '').slice(0, 2_000) });
	}
};

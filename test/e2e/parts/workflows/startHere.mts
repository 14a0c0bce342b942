import assert from 'node:assert/strict';
import type { Expectation } from './outcome.mts';

/** What comes out of each row of the workflow that shows all services. */
export const startHere: Expectation = {
	check: ({ output }) => {
		const roster = output('Get roster');
		assert(roster.length > 0, 'Nobody works today.');
		for (const { employee_name: employee, role_name: role, area_name: area } of roster) {
			for (const name of [employee, role, area]) assert.match(String(name), /^[A-Z][a-z]+/, 'A shift shows no name.');
		}
	},
	startedAt: {
		'2 New invoices': { check: ({ output }) => assert.equal(output('Get invoices').length, 20) },
		'3 Look before you send': {
			check: async ({ output, control }) => {
				assert.deepEqual(output('Create record').map(({ previewOnly }) => previewOnly), [true, true]);
				assert.deepEqual((await control.summary('accutics')).effects, {});
			},
		},
		'4 When something is wrong': {
			check: ({ output }) => {
				assert.deepEqual(output('Found'), [{ book: 'The Hobbit' }]);
				assert.deepEqual(output('To look at').map(({ book }) => book), ['65a0000000000000000fffff', 'The Hobbit']);
			},
		},
		'5 A workflow that starts by itself': {
			check: ({ output }) => assert.match(String(output('Write message')[0]?.subject), /^Run \d+ rejected \d+ of \d+ rows$/),
		},
	},
};

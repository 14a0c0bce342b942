/** Runs before test files that are run a second time, with Entu's server of July 2026 in place of the later ones. */
process.env.ENTU_GENERATION = 'july';

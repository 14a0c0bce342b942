import fc from 'fast-check';

/** The same cases at every run; see jest.config.js. */
fc.configureGlobal({ seed: 20261121 });

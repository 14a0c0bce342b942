import fc from 'fast-check';

/** Property-based tests try new cases at every developer's run; what must pass before a change lands tries the same ones each time. */
if (process.env.CI) fc.configureGlobal({ seed: 20261121 });

import fc from 'fast-check';

const SURROGATES = { from: 0xd800, count: 0x800 };

/** Any text of whole code points: as fast-check's `unit: 'binary'`, which takes seconds to list them all. */
export const anyText = fc.string({
	unit: fc.integer({ min: 0, max: 0x10ffff - SURROGATES.count }).map((n) => String.fromCodePoint(n < SURROGATES.from ? n : n + SURROGATES.count)),
});

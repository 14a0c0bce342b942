/** Cases of 'Retry On Fail' that are known to go wrong. Whatever is mended leaves this list; it has to become empty. */
export const known: ReadonlySet<string> = new Set([]);

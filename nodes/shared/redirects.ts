/**
 * Spread into every request: n8n follows no redirect then. It would carry custom headers to another host, and hold uploads in memory.
 * Both, because n8n before about 2.29 knows only the first and takes no notice of the second.
 */
export const NO_REDIRECTS = { disableFollowRedirect: true, maxRedirects: 0 } as const;

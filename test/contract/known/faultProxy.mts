/**
 * What is known to go wrong behind the fault proxy, of the share that the tests try. Whatever is mended leaves this list; it has to
 * become empty.
 */
export const known: readonly string[] = [
	'broken data as success: accutics entity:create, a 200 that says no: {"success":false,"message":"No"}, after the effect',
	'broken data as success: enDocsCloud contractor:upsert, another shape: {"message":"ok"}, after the effect',
	'fate untold: accutics entity:create, 3xx: 308 to the same host, after the effect',
	'fate untold: ento record:update, 3xx: 301 to no address, after the effect',
	'repeated effect: entu entity:create, too many: 503 at once, as a page, after the effect',
];

/**
 * What is known to go wrong behind the fault proxy, of the share that the tests try. Whatever is mended leaves this list; it has to
 * become empty.
 */
export const known: readonly string[] = [
	'broken data as success: accutics entity:create, a 200 that says no: {"success":false,"message":"No"}, after the effect',
	'broken data as success: enDocsCloud contractor:upsert, another shape: {"message":"ok"}, after the effect',
	'broken data as success: entu file:download, 5xx and gateways: 200 with a page called JSON, before the effect',
	'broken data as success: entu file:download, a 200 that says no: {"statusCode":409,"message":"No"}, after the effect',
	'fate untold: accutics entity:create, 3xx: 308 to the same host, after the effect',
	'fate untold: ento record:update, 3xx: 301 to no address, after the effect',
	'hang: entu file:download, 1xx: 100 and nothing more, before the effect',
	'hang: entu file:download, connection: a body that trickles without end, before the effect',
	'no advice: accutics entity:create, framing: a header without a colon, after the effect',
	'no advice: enDocsCloud contractor:upsert, framing: HTTP/3.7, after the effect',
	'no advice: ento employee:getAll, framing: length and chunks, after the effect',
	'no advice: smartConnect run:getAll (log-in), framing: a header of 20 KB, after the effect',
	'not recovered: ento employee:getAll, framing: length and chunks, after the effect',
	'not recovered: entu entity:create (log-in), 5xx and gateways: 200 with XML, after the effect',
	'not recovered: entu file:download, 4xx: 408 as a page, after the effect',
	'not recovered: entu file:download, too many: 429 at some time, as a page, after the effect',
	'not recovered: smartConnect run:getAll (log-in), framing: a header of 20 KB, after the effect',
	'repeated effect: entu entity:create, too many: 503 at once, as a page, after the effect',
];

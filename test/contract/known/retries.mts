/**
 * Cases of 'Retry On Fail' that are known to go wrong: n8n runs all items again, and the node sends all again. Whatever is mended
 * leaves this list; it has to become empty.
 */
const always = [
	'first item lost, stop',
	'first item lost, continue',
	'first item lost, error output',
	'middle item lost, stop',
	'last item lost, stop',
];
/** Not for operations that look first and leave alone what is as it should be. */
const whereNobodyLooks = [
	'first item refused, continue',
	'first item refused, error output',
	'middle item refused, stop',
	'last item refused, stop',
];
const lookingFirst: readonly string[] = ['entu access:grant', 'entu access:setInheritance', 'entu access:setSharing', 'entu entity:update', 'entu entity:upsert'];
/** They refuse the setting altogether. */
const whereRefused = [
	'first item refused, stop',
	'middle item lost, continue',
	'middle item lost, error output',
	'last item lost, continue',
	'last item lost, error output',
];
const refusing: readonly string[] = ['smartConnect integration:run', 'smartConnect integration:runWithData'];

/** Whether a case of an operation, such as `entu entity:create`, is known to go wrong. */
export function isKnown(operation: string, oneCase: string): boolean {
	if (always.includes(oneCase)) return true;
	if (whereNobodyLooks.includes(oneCase)) return !lookingFirst.includes(operation);
	return whereRefused.includes(oneCase) && refusing.includes(operation);
}

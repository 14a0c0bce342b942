import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import type { Kind } from '../../../nodes/shared/trigger/event';
import { packId, unpackId, writeState } from '../../../nodes/shared/trigger/state';
import { snapshot } from '../../../nodes/shared/trigger/watch/snapshot';

test('an ID of a database takes 17 characters in place of 24', () => {
	expect(packId('5a4db0c5e10000000000002f')).toHaveLength(17);
});

test('every ID comes back as it was, and no two become one', () => {
	const id = fc.oneof(fc.string(), fc.string().map((text) => `~${text}`), fc.stringMatching(/^[0-9a-fA-F]{1,26}$/), fc.string().map((text) => `~~${text}`));
	fc.assert(fc.property(id, id, (one, other) => {
		expect(unpackId(packId(one))).toBe(one);
		if (one !== other) expect(packId(one)).not.toBe(packId(other));
	}), { numRuns: 2000 });
});

test.each<[Kind]>([['created'], ['changed'], ['removed']])('10,000 records watched for what is %s take at most 22 bytes each where n8n keeps them', async (kind) => {
	const records = Array.from({ length: 10_000 }, (_, i): IDataObject => ({ id: (0x5a4db0c5e1 * 2 ** 12 + i).toString(16).padStart(24, '0'), name: `Name ${i}` }));
	const advice = { narrow: '', id: '' };
	const watch = snapshot({ read: async () => await Promise.resolve({ records, isWhole: true }), idOf: ({ id }) => String(id), kinds: [kind], content: ({ name }) => name, advice });
	const { state } = await watch.next(undefined, 500);
	const stored = JSON.stringify({ 'node:Trigger': { state: writeState('fingerprint', state as IDataObject) } });
	expect(Math.floor(stored.length / records.length)).toBeLessThanOrEqual(22);
	expect(stored.length).toBeLessThanOrEqual(22 * 10_000 + 200);
});

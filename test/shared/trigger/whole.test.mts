import { byOffset } from '../../../nodes/shared/pages';
import { readWhole } from '../../../nodes/shared/trigger/watch/whole';

const idOf = ({ id }: { id?: unknown }) => String(id);
const pager = byOffset({ offset: 'skip', limit: 'limit' }, 2, { idOf });

test('a list that holds less than the service says is refused: what is not in it would count as removed', async () => {
	const ask = async ({ query }: { query?: Record<string, unknown> }) => await Promise.resolve({ records: Number(query?.skip) === 0 ? [{ id: 1 }, { id: 2 }] : [], total: 5 });
	await expect(readWhole(pager, ask, idOf)).rejects.toMatchObject({
		message: 'The list could not be read to its end: The service spoke of 5 records, but its pages held 2.',
		failure: { reason: 'unreadable answer', fix: expect.stringMatching(/Nothing is lost: the next poll tries again/) },
	});
});

test('a list that is there as a whole is given as such', async () => {
	const all = [{ id: 1 }, { id: 2 }, { id: 3 }];
	const ask = async ({ query }: { query?: Record<string, unknown> }) => await Promise.resolve({ records: all.slice(Number(query?.skip), Number(query?.skip) + 2), total: all.length });
	expect(await readWhole(pager, ask, idOf)).toEqual({ records: all, isWhole: true });
});

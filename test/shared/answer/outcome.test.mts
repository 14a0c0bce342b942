/** What each status means: the reason that the item on the error branch carries, and by which a trigger decides when to look again. */
import { toErrorItem } from '../../../nodes/shared/answer/errors';
import { judgeHttp } from '../../../nodes/shared/answer/outcome';

const habits = { service: 'Toy', message: () => undefined, isOwnLimit: () => true };

test.each<[status: number, reason: string, error: string, description: RegExp]>([
	[302, 'rejected', 'Toy pointed to another address (HTTP 302)', /base URL/],
	[400, 'rejected', 'Toy rejected the request (HTTP 400)', /^Check the values/],
	[401, 'log-in refused', 'Toy did not accept the credential (HTTP 401)', /^Check the credential/],
	[403, 'no access', 'Toy denied access (HTTP 403)', /^Check the rights/],
	[404, 'not found', 'Toy did not find it (HTTP 404)', /^Check the ID/],
	[408, 'unreachable', 'Toy or a gateway before it ran out of time (HTTP 408)', /^Try again later/],
	[422, 'rejected', 'Toy rejected the request (HTTP 422)', /^Check the values/],
	[425, 'unreachable', 'Toy or a gateway before it ran out of time (HTTP 425)', /^Try again later/],
	[429, 'too many requests', 'Toy receives too many requests (HTTP 429)', /'Parallel Requests'/],
	[499, 'unreachable', 'Toy or a gateway before it ran out of time (HTTP 499)', /^Try again later/],
	[500, 'service down', 'Toy could not process the request (HTTP 500)', /^Try again later/],
	[503, 'service down', 'Toy could not process the request (HTTP 503)', /^Try again later/],
])('HTTP %i: %s', (status, reason, error, description) => {
	const outcome = judgeHttp({ status, headers: {}, text: '' }, habits);
	if (outcome.type === 'ok') throw new Error('It was taken for a success');
	expect(toErrorItem(outcome.failure, [0]).json).toEqual({ error, message: { reason, itemIndex: 0, httpCode: status, description: expect.stringMatching(description) } });
});

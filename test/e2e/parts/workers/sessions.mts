import assert from 'node:assert/strict';
import { known as entu } from '../../../../sandbox/entu/seed.mts';
import { known as smartConnect } from '../../../../sandbox/smartconnect/seed.mts';
import type { Entry } from '../../../../sandbox/client.mts';
import type { Checks } from '../../checks.mts';
import type { Queue } from './queue.mts';
import { displayNames, hook } from '../../webhooks.mts';
import { callAtOnce, callOnBoth } from './turns.mts';

const AT_ONCE = 12;
const byId = (value: string) => ({ __rl: true, mode: 'id', value });

/** A service with sessions, and a change that can be counted there. */
const cases = [
	{
		node: 'entu',
		service: 'entu',
		parameters: { resource: 'entity', operation: 'create', typeId: byId(entu.typeBook), propertiesMode: 'json', propertiesJson: '={{ JSON.stringify({ name: $json.name }) }}' },
		effect: 'entity.create',
		tokenOf: ({ headers }: Entry) => headers.authorization,
	},
	{
		node: 'smartConnect',
		service: 'smartconnect',
		parameters: { resource: 'integration', operation: 'run', integrationId: byId(smartConnect.customers) },
		effect: 'run',
		tokenOf: ({ query }: Entry) => query.token,
	},
] as const;

/** Sessions that end while several workers use one credential. */
export async function checkSharedSessions({ check, figure }: Checks, queue: Queue): Promise<void> {
	const { control } = queue;
	for (const { node, service, parameters, effect, tokenOf } of cases) {
		await control.reset(service);
		const hooked = await hook(queue, `change-${node}`, { node, parameters });
		await check(`${displayNames[node]}: a session that one worker has renewed is used by the other`, async () => {
			await callOnBoth(queue, hooked, (n) => ({ name: `Before ${n}` }));
			await control.expireSessions(service);
			await control.clearJournal();
			const { length } = await callOnBoth(queue, hooked, (n) => ({ name: `After ${n}` }));
			const { logins, effects } = await control.summary(service);
			assert.equal(logins, 1, `There were ${logins} log-ins.`);
			assert.equal(effects[effect], length, `${length} executions made ${effects[effect]} changes.`);
			const changes = (await control.journal(service)).filter((entry) => entry.effects.some(({ kind }) => kind === effect));
			assert.equal(new Set(changes.map(tokenOf)).size, 1, 'The changes were not made with one and the same token.');
			figure(`${displayNames[node]}: log-ins after the session has ended, ${length} executions one after another on two workers`, `${logins}`);
		});
		await check(`${displayNames[node]}: ${AT_ONCE} executions at once over two workers renew an ended session, and make each change once`, async () => {
			await control.expireSessions(service);
			await control.clearJournal();
			await callAtOnce(queue, hooked, Array.from({ length: AT_ONCE }, (_, n) => ({ name: `At once ${n}` })));
			const { logins, effects } = await control.summary(service);
			assert(logins >= 1 && logins <= 2, `There were ${logins} log-ins.`);
			assert.equal(effects[effect], AT_ONCE, `${AT_ONCE} executions made ${effects[effect]} changes.`);
			figure(`${displayNames[node]}: log-ins after the session has ended, ${AT_ONCE} executions at once on two workers`, `${logins}`);
		});
	}
}

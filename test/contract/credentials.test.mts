/** Every credential type: whatever is wrong when it is tested, the person reads a sentence to act on, and no secret. */
import { exampleCredentials } from '../../demo/credentials.mts';
import { freePorts } from '../../demo/ports.mjs';
import type { Fault } from '../../sandbox/client.mts';
import { useEngine } from '../support/engine.mts';
import { flawOf, mistakesIn, secretsIn } from '../support/mistakes.mts';
import { useSandbox } from '../support/sandbox.mts';

const engine = useEngine();
const sandbox = useSandbox();
const faults: Record<string, Fault> = {
	'an error of the server': { type: 'status', status: 500 },
	'a web page of a gateway': { type: 'html', status: 502 },
	'a web page': { type: 'html', status: 200 },
	'nothing': { type: 'empty', status: 200 },
	'a proxy that wants a log-in': { type: 'status', status: 407 },
	'a connection that breaks': { type: 'reset', when: 'before' },
};

const examples = exampleCredentials('http://127.0.0.1').map(({ type }, index) => ({ type, index }));

test('there is an example of each type', () => {
	expect(examples.map(({ type }) => type).sort()).toEqual([...engine.credentialNames].sort());
});

describe.each(examples)('$type', ({ type, index }) => {
	const example = () => {
		const { data } = exampleCredentials(sandbox.url)[index] ?? {};
		if (!data) throw new Error(`There is no example of ${type}`);
		return data as Parameters<typeof engine.credentials.add>[1];
	};
	const { properties } = engine.credentialType(type);
	/** Without a session of before, and with one, as n8n has stored it. */
	const rows = async () => {
		const used = engine.credentials.add(type, example());
		expect(await engine.testCredential(type, used)).toEqual({ status: 'OK', message: 'Connection successful!' });
		return [engine.credentials.add(type, example()), used];
	};
	const refusals = async (changes: object) => {
		const results = [];
		for (const row of await rows()) {
			row.data = { ...row.data, ...changes };
			results.push(await engine.testCredential(type, row));
		}
		return results;
	};

	test('every mistake is told', async () => {
		const [port] = await freePorts(1);
		for (const { name, changes } of mistakesIn(properties, example(), `http://127.0.0.1:${port}`)) {
			for (const { status, message } of await refusals(changes)) {
				const secrets = [...secretsIn(properties, example()), ...secretsIn(properties, changes)];
				expect([name, status, flawOf(message, secrets)]).toEqual([name, 'Error', undefined]);
			}
		}
	});

	test.each(Object.entries(faults))('%s is told', async (_, fault) => {
		const service = new URL(String(Object.values(example()).find((value) => String(value).startsWith('http')))).pathname.split('/')[1] ?? '';
		for (const row of await rows()) {
			await sandbox.control.fault({ service, times: -1, fault });
			const { status, message } = await engine.testCredential(type, row);
			expect([status, flawOf(message, secretsIn(properties, example()))]).toEqual(['Error', undefined]);
			await sandbox.control.clearFaults();
		}
	});
});

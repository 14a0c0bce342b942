/** What every event of every polling trigger must do, through n8n's own contexts, against the sandbox. */
import type { IDataObject, INodeParameters, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { useEngine, type StoredCredential, type TriggerNode } from '../support/engine.mts';
import { useSandbox } from '../support/sandbox.mts';
import { Search, sentSecrets } from '../support/secrets.mts';
import { eventSamples, type EventSample } from './samples/events.mts';
import type { NodeSamples } from './samples/sample.mts';

jest.setTimeout(60_000);
const engine = useEngine();
const sandbox = useSandbox();

interface Subject {
	node: string;
	event: string;
	sample: EventSample;
	samples: NodeSamples;
}

const triggers = engine.nodeNames.filter((node) => engine.nodeType(node).description.polling === true);
const eventsOf = (node: string): INodePropertyOptions[] => (engine.nodeType(node).description.properties.find(({ name }) => name === 'event')?.options ?? []) as INodePropertyOptions[];

const known = triggers.flatMap((node) =>
	eventsOf(node).map(({ value }): [string, Subject | undefined] => {
		const found = eventSamples[node];
		const sample = found?.events[String(value)];
		return [`${node} ${String(value)}`, found && sample && { node, event: String(value), sample, samples: found.samples }];
	}),
);
const subjects = known.flatMap(([name, subject]): Array<[string, Subject]> => (subject ? [[name, subject]] : []));

test('every event has a sample', () => {
	expect(known.filter(([, subject]) => !subject).map(([name]) => name)).toEqual([]);
	expect(subjects).toHaveLength(20);
});

interface Changes {
	parameters?: INodeParameters;
	staticData?: IDataObject;
	credential?: IDataObject;
	name?: string;
}

/** A registration of the trigger. Each has a node ID of its own unless told, as in n8n. */
function register({ node, event, sample, samples }: Subject, { parameters = sample.parameters ?? {}, credential, ...more }: Changes = {}, id = `node-${++registrations}`): TriggerNode {
	row ??= engine.credentials.add(samples.credentialType, {});
	row.data = { ...samples.credential(sandbox.url), ...credential } as typeof row.data;
	return engine.trigger({ node, id, parameters: { event, ...parameters }, credentials: { [samples.credentialType]: row }, ...more });
}
let registrations = 0;
/** New for each test: the limits of a service are kept by credential. */
let row: StoredCredential | undefined;
beforeEach(() => void (row = undefined));

/** A registration that has seen what there is. */
async function started(subject: Subject, changes: Changes = {}): Promise<TriggerNode> {
	const trigger = register(subject, changes);
	expect(await trigger.poll({ activation: 'activate' })).toBeNull();
	return trigger;
}

const withOptions = ({ parameters = {} }: EventSample, options: INodeParameters): INodeParameters => ({ ...parameters, options: { ...(parameters.options as INodeParameters | undefined), ...options } });
const happen = async ({ sample }: Subject, n = 0): Promise<unknown> => sample.idOf(await sample.happen(sandbox.control, n));
const idsOf = ({ sample }: Subject, rows: readonly IDataObject[]): unknown[] => rows.map(sample.idOf);
const requests = async ({ samples }: Subject): Promise<number> => (await sandbox.control.journal(samples.service)).length;
const refusal = { type: 'status', status: 400, body: 'no' } as const;

describe.each(subjects)('%s', (_, subject) => {
	const { service } = subject.samples;

	test('what is there already starts nothing, what happens then comes once', async () => {
		const trigger = await started(subject);
		const wanted = await happen(subject);
		expect(idsOf(subject, await trigger.rows())).toEqual([wanted]);
		expect(await trigger.poll()).toBeNull();
		expect(await trigger.poll()).toBeNull();
	});

	test('more than the most come with the next poll, each once', async () => {
		const trigger = await started(subject, { parameters: withOptions(subject.sample, { mostItems: 2 }) });
		const wanted = [await happen(subject, 0), await happen(subject, 1), await happen(subject, 2)];
		const polls = [idsOf(subject, await trigger.rows()), idsOf(subject, await trigger.rows()), idsOf(subject, await trigger.rows())];
		expect(polls.map((found) => found.length)).toEqual([2, 1, 0]);
		expect(polls.flat().sort()).toEqual([...wanted].sort());
	});

	test('an option of a value that it can not have is refused by its name', async () => {
		const { properties } = engine.nodeType(subject.node).description;
		const offered = properties.flatMap(({ name, options = [], displayOptions }) => (name === 'options' && displayOptions?.show?.event?.includes(subject.event) ? (options as INodeProperties[]) : []));
		const wrong: Readonly<Record<string, INodeParameters[string]>> = { boolean: 'perhaps', multiOptions: ['none'], number: 'many', options: 'none' };
		const tried = offered.flatMap(({ name, displayName, type }) => (type in wrong ? [{ name, displayName, value: wrong[type] }] : []));
		expect(tried.length).toBeGreaterThan(2);
		for (const { name, displayName, value } of tried) {
			const trigger = register(subject, { parameters: withOptions(subject.sample, { [name]: value }) });
			const message = await trigger.poll({ activation: 'activate' }).then(String, (error: unknown) => (error as Error).message);
			expect([name, message]).toEqual([name, expect.stringContaining(`'${displayName}'`)]);
		}
	});

	test('a picker that nobody has touched is empty, and no object', async () => {
		const { properties } = engine.nodeType(subject.node).description;
		const pickers = properties.filter(({ type, required, displayOptions }) => type === 'resourceLocator' && required && (displayOptions?.show?.event ?? [subject.event]).includes(subject.event));
		const messages = await Promise.all(
			pickers.map(async ({ name, default: untouched }) => {
				const parameters = { ...subject.sample.parameters, [name]: untouched as INodeParameters };
				return await register(subject, { parameters }).poll({ activation: 'activate' }).then(() => 'none', (error: Error) => error.message);
			}),
		);
		expect(messages).toEqual(pickers.map(({ displayName }) => expect.stringMatching(new RegExp(`'${displayName}' is empty|"${displayName}" is required`))));
	});

	test('a request that fails changes nothing in what is remembered, whichever it is', async () => {
		const trigger = await started(subject);
		const wanted = await happen(subject);
		const before = JSON.stringify(trigger.stored);
		let failed = 0;
		for (;;) {
			await sandbox.control.clearFaults();
			await sandbox.control.fault({ service, skip: failed, fault: refusal });
			const outcome = await trigger.rows().catch((error: unknown) => error as Error);
			if (Array.isArray(outcome)) {
				expect(idsOf(subject, outcome)).toEqual([wanted]);
				break;
			}
			expect(outcome).toMatchObject({ failure: { cause: expect.stringMatching(/^(configuration-invalid|temporarily-unavailable|rate-limited|credential-invalid)$/) } });
			expect(JSON.stringify(trigger.stored)).toBe(before);
			failed += 1;
		}
		expect(failed).toBeGreaterThan(0);
		await sandbox.control.clearFaults();
		expect(await trigger.poll()).toBeNull();
	}, 60_000);

	test('other parameters begin anew, silently, and so does another credential', async () => {
		const trigger = await started(subject);
		await happen(subject);
		const changed = register(subject, { parameters: subject.sample.other, staticData: trigger.stored });
		expect(await changed.poll({ activation: 'update' })).toBeNull();
		expect(changed.state).not.toBe(trigger.state);
		expect(await changed.poll()).toBeNull();
		row = undefined;
		expect(await register(subject, { staticData: trigger.stored }).poll({ activation: 'update' })).toBeNull();
	});

	test('by hand: one record as it comes when active, and nothing is remembered', async () => {
		const trigger = await started(subject);
		const before = JSON.stringify(trigger.stored);
		const [sample, ...others] = await trigger.rows({ mode: 'manual' });
		expect(others).toEqual([]);
		expect(JSON.stringify(trigger.stored)).toBe(before);
		await happen(subject);
		const [active] = await trigger.rows();
		expect(Object.keys(sample ?? {}).sort()).toEqual(expect.arrayContaining(fixedKeys(active ?? {}, sample ?? {})));
	});

	test('Only IDs gives no more than what a record can be found by', async () => {
		const trigger = await started(subject, { parameters: withOptions(subject.sample, { onlyIds: true }) });
		const wanted = await happen(subject);
		const [row = {}] = await trigger.rows();
		expect(subject.sample.idOf(row)).toEqual(wanted);
		expect(Object.keys(row).length).toBeLessThanOrEqual(2);
	});

	test('two polls at once give a change once', async () => {
		const trigger = await started(subject);
		const wanted = await happen(subject);
		const both = await Promise.all([trigger.rows(), trigger.rows({ withoutBudget: true })]);
		expect(idsOf(subject, both.flat())).toEqual([wanted]);
	});

	test('works in an n8n that tells no budget', async () => {
		const trigger = register(subject);
		expect(await trigger.poll({ withoutBudget: true })).toBeNull();
		const wanted = await happen(subject);
		expect(idsOf(subject, await trigger.rows({ withoutBudget: true }))).toEqual([wanted]);
	});

	test('a service that is down while n8n starts kills nothing; while publishing, it is told', async () => {
		const first = await started(subject);
		const wanted = await happen(subject);
		await sandbox.control.fault({ service, times: -1, fault: refusal });
		const restarted = register(subject, { staticData: first.stored });
		expect(await restarted.poll({ activation: 'init' })).toBeNull();
		await expect(restarted.poll({ activation: 'init' })).rejects.toThrow();
		await expect(register(subject, { staticData: first.stored }).poll({ activation: 'activate' })).rejects.toMatchObject({ description: expect.stringMatching(/publish the workflow again\.$/) });
		await sandbox.control.clearFaults();
		expect(idsOf(subject, await restarted.rows({ activation: 'init' }))).toEqual([wanted]);
	}, 60_000);

	test('published again, it goes on where it stopped, or starts from now if so wanted', async () => {
		const trigger = await started(subject);
		const wanted = await happen(subject);
		const again = register(subject, { staticData: trigger.stored });
		expect(idsOf(subject, await again.rows({ activation: 'activate' }))).toEqual([wanted]);
		const now = register(subject, { staticData: trigger.stored, parameters: withOptions(subject.sample, { whenPublishedAgain: 'now' }) });
		expect(await now.poll({ activation: 'activate' })).toBeNull();
		expect(await now.poll({ activation: 'activate' })).toBeNull();
		const edited = register(subject, { staticData: trigger.stored, parameters: withOptions(subject.sample, { whenPublishedAgain: 'now' }) });
		expect(idsOf(subject, await edited.rows({ activation: 'update' }))).toEqual([wanted]);
	});

	test('what was seen at publishing holds although n8n did not store it', async () => {
		const id = `node-${++registrations}`;
		const publishing = register(subject, {}, id);
		expect(await publishing.poll({ activation: 'activate' })).toBeNull();
		const wanted = await happen(subject);
		const tick = register(subject, {}, id);
		expect(idsOf(subject, await tick.rows())).toEqual([wanted]);
	});

	test('polls that come with the same old state give a change once', async () => {
		const id = `node-${++registrations}`;
		const publishing = register(subject, {}, id);
		await publishing.poll({ activation: 'activate' });
		const wanted = await happen(subject);
		const staticData = publishing.stored;
		const polls = [await register(subject, { staticData }, id).rows(), await register(subject, { staticData }, id).rows(), await register(subject, { staticData }, id).rows()];
		expect(idsOf(subject, polls.flat())).toEqual([wanted]);
	});

	test('a renamed node begins anew, silently', async () => {
		const id = `node-${++registrations}`;
		const trigger = register(subject, { name: 'Before' }, id);
		expect(await trigger.poll({ activation: 'activate' })).toBeNull();
		await happen(subject);
		expect(await register(subject, { name: 'After' }, id).poll({ activation: 'update' })).toBeNull();
	});

	test('no secret in what is remembered, given out or told', async () => {
		const trigger = await started(subject);
		await happen(subject);
		const items = await trigger.rows();
		await sandbox.control.fault({ service, times: -1, path: '^(?!/login/)', fault: { type: 'echo', status: 422, forms: true } });
		const error = await trigger.poll().catch((thrown: unknown) => thrown as Error & { description?: string });
		const sent = [...subject.samples.secrets.filter((secret) => secret.length >= 12), ...sentSecrets(await sandbox.control.journal(service))];
		const search = new Search([...new Set(sent)].map((value, n) => ({ name: `secret ${n + 1}`, value })));
		expect(error).toHaveProperty('message');
		const text = JSON.stringify([trigger.stored, items, error, (error as Error).message, (error as { description?: string }).description, engine.logs.slice(-50)]);
		expect(search.in(Buffer.from(text))).toEqual([]);
	}, 60_000);

	test(`a poll that finds nothing takes ${subject.sample.quietRequests === 1 ? 'one request' : `${subject.sample.quietRequests} requests`}`, async () => {
		const trigger = await started(subject);
		await trigger.poll();
		const before = await requests(subject);
		expect(await trigger.poll()).toBeNull();
		expect((await requests(subject)) - before).toBe(subject.sample.quietRequests);
	});
});

/** Keys that a record has whatever its values are: a field that is empty may be left out. */
function fixedKeys(a: IDataObject, b: IDataObject): string[] {
	return Object.keys(a).filter((key) => key in b || key === 'event');
}

describe.each(triggers)('%s', (node) => {
	const { description } = engine.nodeType(node);

	test('shows its events in the list of nodes', () => {
		// The first but for what n8n adds to all that poll.
		const [first] = description.properties.filter(({ name }) => name !== 'pollTimes');
		expect(first).toMatchObject({ displayName: 'Event', name: 'event', type: 'options', noDataExpression: true });
		// Where two services share a word, the service is named.
		const own = description.displayName.replace(/( Polling)? Trigger$/, '');
		for (const { action, name } of eventsOf(node)) expect([`On ${name.toLowerCase()}`, `On ${own} ${name.toLowerCase()}`]).toContain(action);
	});

	test('shares no action with another service', () => {
		const actionsOf = (one: string) => eventsOf(one).map(({ action }) => action);
		const service = (one: string) => engine.nodeType(one).description.displayName.split(' ')[0];
		const others = triggers.filter((one) => service(one) !== service(node)).flatMap(actionsOf);
		expect(others.length).toBeGreaterThan(0);
		expect(actionsOf(node).filter((action) => others.includes(action))).toEqual([]);
	});

	test('begins a workflow, by polling', () => {
		expect(description).toMatchObject({ group: ['trigger'], polling: true, inputs: [] });
		expect(description.displayName).toMatch(/ Trigger$/);
		expect(description.usableAsTool).toBeUndefined();
	});
});

test('the values of the events stand in saved workflows', () => {
	expect(Object.fromEntries(triggers.map((node) => [node, eventsOf(node).map(({ value }) => value)]))).toEqual({
		accuticsTrigger: ['entityChanged', 'entityCreated', 'entityRemoved'],
		enDocsCloudTrigger: ['documentInState', 'newContract', 'newInvoice'],
		entoTrigger: ['employeeChanged', 'employeeCreated', 'employeeDeleted', 'shiftChanged', 'shiftCreated', 'shiftCreatedOrChanged', 'shiftRemoved', 'shiftUnassigned'],
		entuPollingTrigger: ['entityCreated', 'entityDeleted', 'entityUpdated'],
		smartConnectTrigger: ['runCompleted', 'runFailed', 'runSucceeded'],
	});
});

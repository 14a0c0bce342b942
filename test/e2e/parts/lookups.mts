import assert from 'node:assert/strict';
import type { IDataObject } from 'n8n-workflow';
import { RefusedByN8n, type LookUp } from '../../../demo/api.mts';
import { exampleCredentials } from '../../../demo/credentials.mts';
import { freePorts } from '../../../demo/ports.mjs';
import { addresses, flawOf, mistakesIn, secretsIn } from '../../support/mistakes.mts';
import type { Checks } from '../checks.mts';
import { describedCredentials, describedNodes } from '../described.mts';
import { saveExamples } from '../examples.mts';
import { dynamicFields, type DynamicField } from '../fields.mts';
import type { Server } from '../server.mts';

interface Choice {
	name: string;
	value: unknown;
}

/** What the three kinds of look-ups answer with, as one. */
interface Answer {
	choices: Choice[];
	/** Where the next page begins, if there is one. */
	next?: string;
}

/** Lets n8n look up what every field of every node offers to pick from, as its editor does. */
export async function checkLookUps({ check, figure }: Checks, server: Server): Promise<void> {
	await server.control.reset();
	const fields = (await describedNodes(server)).flatMap(dynamicFields);
	const ids = await saveExamples(server);
	const times: number[] = [];
	for (const field of fields) {
		const ask = async (more: Partial<LookUp> = {}) => {
			const begun = Date.now();
			const answer = await lookUp(server, field, ids[field.credentialType] ?? '', more);
			times.push(Date.now() - begun);
			return answer;
		};
		await check(`${titleOf(field)}, for ${field.operation}`, async () => await checkField(field, ask));
	}
	figure('Fields that look something up, each in every operation that shows it', String(fields.length));
	figure('Time n8n takes to answer such a look-up', `${median(times)} ms in the middle, ${Math.max(...times)} ms at most, of ${times.length}`);
	const methods = new Map(fields.map((field) => [`${field.node.name} ${field.kind} ${field.method}`, field]));
	for (const field of methods.values()) {
		if (FROM_CREDENTIAL.has(field.method)) continue;
		await check(`${titleOf(field)}: nobody listens at the address, or the secret is wrong`, async () => await checkFailures(server, field));
	}
}

/** What they offer stands in the credential: nobody is asked. */
const FROM_CREDENTIAL = new Set(['searchEndpoints']);

/** Of which the sandbox has one for each choice of the other fields. */
const ALONE = new Set(['searchKinds']);

const titleOf = ({ node, label, method }: DynamicField) => `${node.displayName}: ${label} (${method})`;

async function lookUp({ api }: Server, { node, version, kind, method, path, parameters, credentialType }: DynamicField, credentialId: string, more: Partial<LookUp>): Promise<Answer> {
	const credentials = { [credentialType]: { id: credentialId, name: credentialType } };
	const answer = await api.lookUp({ kind, method, path, nodeType: node.name, version, credentials, parameters, ...more });
	return toAnswer(answer);
}

function toAnswer(answer: unknown): Answer {
	if (Array.isArray(answer)) return { choices: answer as Choice[] };
	const { results, fields, paginationToken: next } = answer as { results?: Choice[]; fields?: { id: string; displayName: string }[]; paginationToken?: string };
	return { choices: results ?? (fields ?? []).map(({ id, displayName }) => ({ name: displayName, value: id })), next };
}

type Ask = (more?: Partial<LookUp>) => Promise<Answer>;

async function checkField(field: DynamicField, ask: Ask): Promise<void> {
	const { choices, next } = await ask();
	assertChoices(choices);
	if (next !== undefined) await checkNextPage(choices, await ask({ paginationToken: next }));
	if (field.searchable) await checkSearch(choices, ask, ALONE.has(field.method));
}

function assertChoices(choices: readonly Choice[]): void {
	assert(choices.length > 0, 'Nothing is offered.');
	for (const { name, value } of choices) {
		assert(typeof name === 'string' && name.trim() !== '', `The choice ${JSON.stringify(value)} has no name.`);
		assert(typeof value === 'string' && value !== '', `The choice "${name}" has no value.`);
	}
	assert.equal(new Set(choices.map(({ value }) => value)).size, choices.length, 'Something is offered twice.');
}

function checkNextPage(first: readonly Choice[], { choices }: Answer): void {
	assertChoices(choices);
	const before = new Set(first.map(({ value }) => value));
	assert(choices.every(({ value }) => !before.has(value)), 'The next page repeats what was on the first.');
}

/** Searched for by its name, a choice is found among fewer; what nobody is called like is not found. */
async function checkSearch(all: readonly Choice[], ask: Ask, isAlone: boolean): Promise<void> {
	const wanted = all.at(-1);
	assert(wanted && (isAlone || all.length > 1), 'A search among one can not be judged.');
	// What stands in brackets is an addition.
	const filter = wanted.name.replace(/\(.*\)/, '').trim();
	const { choices } = await ask({ filter });
	assert(choices.some(({ value }) => value === wanted.value), `"${wanted.name}" is not found by "${filter}".`);
	assert(isAlone || choices.length < all.length, `"${filter}" finds ${choices.length} of ${all.length}.`);
	assert.deepEqual((await ask({ filter: 'nobody-is-called-so' })).choices, []);
}

/** What the person reads in place of the choices. */
async function checkFailures(server: Server, field: DynamicField): Promise<void> {
	const { api, sandboxUrl } = server;
	const type = (await describedCredentials(server)).find(({ name }) => name === field.credentialType);
	const example = exampleCredentials(sandboxUrl).find((credential) => credential.type === field.credentialType);
	assert(type && example, `There is no example of ${field.credentialType}.`);
	const [closedPort] = await freePorts(1);
	const mistakes = mistakesIn(type.properties, example.data, `http://127.0.0.1:${closedPort}`);
	const [address] = addresses(type.properties, example.data);
	const chosen = mistakes.filter(({ name }) => name.startsWith('wrong ') || name === `nobody listens at the ${address?.displayName}`);
	assert(chosen.length >= 2, 'There should be a wrong secret and a wrong address.');
	for (const { name, changes } of chosen) {
		const data: IDataObject = { ...example.data, ...changes };
		const id = await api.createCredential({ ...example, name: `${example.name}, ${name}`, data });
		const { message, description } = await refusalOf(lookUp(server, field, id, {}));
		// A dropdown shows the message alone.
		const text = field.kind === 'options' ? message : `${message}. ${description}`;
		const flaw = flawOf(text, secretsIn(type.properties, data));
		assert(flaw === undefined, `With ${name}: ${flaw}`);
	}
}

async function refusalOf(answer: Promise<unknown>): Promise<RefusedByN8n['said']> {
	try {
		await answer;
	} catch (error) {
		if (error instanceof RefusedByN8n) return error.said;
		throw error;
	}
	throw new Error('It was answered all the same.');
}

function median(numbers: readonly number[]): number {
	return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}

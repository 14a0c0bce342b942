import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import type { CredentialInput, TestResult } from '../../../../demo/api.mts';
import { freePorts } from '../../../../demo/ports.mjs';
import { foreignToken } from '../../../../sandbox/accutics/seed.mts';
import { spawnSandbox, type Control } from '../../../../sandbox/client.mts';
import { sentSecrets } from '../../../support/secrets.mts';
import type { DescribedCredential, DescribedNode } from '../../described.mts';
import { dynamicFields } from '../../fields.mts';
import type { ForeignHost } from '../../foreignHost.mts';
import { accesses, inLanes, nameOf, type Access } from '../../operations.mts';
import type { Server } from '../../server.mts';
import { disarm, rounds, services, type Round } from './faults.mts';
import { standsForItsKind, workflowsOf } from './subjects.mts';

const ROUND_LIMIT_MS = 180_000;
/** Rounds that go on side by side, each with a sandbox of its own: most of their time is waiting. */
const LANES = 3;

/** A credential as it was saved, with the fields that n8n calls secret. */
interface SavedCredential extends CredentialInput {
	id: string;
	secretFields: string[];
}

/** What a whole run brings together. */
export interface Evidence {
	server: Server;
	foreign: ForeignHost;
	/** As n8n tells its editor. */
	nodeTypes: DescribedNode[];
	credentialTypes: DescribedCredential[];
	credentials: SavedCredential[];
	/** What n8n's REST interface answered: executions, credentials, tests, look-ups. */
	answers: string[];
	/** Secrets in the form in which the services received them. */
	sent: Set<string>;
	/** Secrets that the services have handed out. */
	issued: Set<string>;
	executions: number;
	/** By fault: how many requests it has struck. */
	struck: Map<string, number>;
}

/** How the credentials of a round are changed. */
interface Variant {
	name: string;
	change(access: Access, data: IDataObject): IDataObject;
}

interface Job {
	variant: Variant;
	round: Round;
}

/** A sandbox, and what is saved for it. */
interface Lane {
	url: string;
	control: Control;
	/** By variant. */
	subjects: Map<Variant, Subjects>;
}

/** The operations of one variant as they were saved. */
interface Subjects {
	workflowIds: string[];
	/** One of each type. */
	credentials: Map<string, SavedCredential>;
}

/** Runs operations of every kind through all faults, with right and wrong credentials and with services that are not there. */
export async function runAll(evidence: Evidence): Promise<void> {
	const { server } = evidence;
	const others = await Promise.all(Array.from({ length: LANES - 1 }, async () => await spawnSandbox()));
	const lanes = [{ url: server.sandboxUrl, control: server.control }, ...others].map(({ url, control }): Lane => ({ url, control, subjects: new Map() }));
	try {
		const jobs = (await allJobs(evidence)).values();
		await Promise.all(lanes.map(async (lane) => {
			// The documented 300 requests a minute would hold everything up.
			await lane.control.settings('endocs', { rateLimit: null });
			for (const job of jobs) await runRound(evidence, lane, job);
			for (const secret of await lane.control.issued()) evidence.issued.add(secret);
		}));
	} finally {
		await Promise.all(others.map(async (other) => await other.stop()));
	}
	for (const { id } of evidence.credentials) keep(evidence, await server.api.getCredential(id));
}

async function allJobs(evidence: Evidence): Promise<Job[]> {
	const [closedPort = 0] = await freePorts(1);
	const right: Variant = { name: 'right', change: (_access, data) => data };
	const wrong: Variant = { name: 'wrong', change: (access, data) => ({ ...data, ...wrongSecrets(evidence, access, data) }) };
	const down: Variant = { name: 'down', change: (_access, data) => JSON.parse(JSON.stringify(data).replaceAll(/http:\/\/127\.0\.0\.1:\d+/g, `http://127.0.0.1:${closedPort}`)) as IDataObject };
	const noFault: Round = { name: '', editor: true, arm: async () => {} };
	return [
		...rounds.map((round) => ({ round, variant: right })),
		{ round: { ...noFault, name: 'wrong credentials' }, variant: wrong },
		...rounds.filter(({ name }) => name === 'request repeated in a 401').map((round) => ({ round: { ...round, name: `wrong credentials, ${round.name}` }, variant: wrong })),
		{ round: { ...noFault, name: 'service down' }, variant: down },
	];
}

/** Secrets that look right and are not. */
function wrongSecrets(evidence: Evidence, access: Access, data: IDataObject): IDataObject {
	const fields = secretFieldsOf(evidence, access.credentialType).filter((field) => field in data);
	return Object.fromEntries(fields.map((field) => [field, access.node === 'accutics' ? foreignToken : `+${randomBytes(12).toString('hex')}/=`]));
}

/** The fields of a credential type that n8n treats as secret. */
function secretFieldsOf({ credentialTypes }: Evidence, type: string): string[] {
	const { properties = [] } = credentialTypes.find(({ name }) => name === type) ?? {};
	return properties.filter(({ typeOptions }) => typeOptions?.password === true).map(({ name }) => name);
}

async function runRound(evidence: Evidence, lane: Lane, { variant, round }: Job): Promise<void> {
	const { api } = evidence.server;
	const { control } = lane;
	const subjects = lane.subjects.get(variant) ?? (await save(evidence, lane, variant));
	lane.subjects.set(variant, subjects);
	await round.arm(control, evidence.foreign.url);
	try {
		const ids = await inLanes(8, subjects.workflowIds, async (id) => await api.run(id, 'Start'));
		await allEnded(evidence, ids, round.name);
		for (const id of ids) keep(evidence, await api.call('GET', `/rest/executions/${id}`));
		evidence.executions += ids.length;
		if (round.editor) await useEditor(evidence, subjects);
		evidence.struck.set(round.name, (await control.faults()).reduce((sum, { fired }) => sum + fired, 0));
	} finally {
		await disarm(control);
	}
	for (const service of services) for (const secret of sentSecrets(await control.journal(service))) evidence.sent.add(secret);
	await control.clearJournal();
}

/** Saves operations of every kind. Sessions are shared by all of a service; the limits of a service without sessions must not be. */
async function save(evidence: Evidence, { url }: Lane, variant: Variant): Promise<Subjects> {
	const { api } = evidence.server;
	const saved: Subjects = { workflowIds: [], credentials: new Map() };
	for (const access of accesses) {
		const create = async (): Promise<SavedCredential> => {
			const type = access.credentialType;
			const input = { name: `${type}, ${variant.name}`, type, data: variant.change(access, access.credential(url)) };
			const credential = { ...input, id: await api.createCredential(input), secretFields: secretFieldsOf(evidence, type) };
			evidence.credentials.push(credential);
			saved.credentials.set(type, credential);
			return credential;
		};
		const shared = access.sessions ? await create() : undefined;
		for (const [key, sample] of Object.entries(access.operations)) {
			if (!standsForItsKind(nameOf(access, key))) continue;
			const workflows = workflowsOf(access, key, sample, shared ?? (await create()));
			for (const workflow of workflows) saved.workflowIds.push(await api.createWorkflow(workflow));
		}
	}
	return saved;
}

/** Waits until n8n runs none of these executions any more. */
async function allEnded({ server }: Evidence, ids: readonly string[], what: string): Promise<void> {
	const filter = encodeURIComponent(JSON.stringify({ status: ['new', 'running'] }));
	const deadline = Date.now() + ROUND_LIMIT_MS;
	for (;;) {
		const { data } = await server.api.call<{ data: { results: { id: string }[] } }>('GET', `/rest/executions?filter=${filter}&limit=100`);
		const left = data.results.filter(({ id }) => ids.includes(id)).length;
		// The list holds 100 at most.
		if (left === 0 && data.results.length < 100) return;
		assert(Date.now() < deadline, `"${what}": ${left} executions still run after ${ROUND_LIMIT_MS / 1000} s.`);
		await new Promise((resolve) => setTimeout(resolve, 200));
	}
}

/** What a person does in the editor: tests each kind of credential, opens each list that a node offers. */
async function useEditor(evidence: Evidence, { credentials }: Subjects): Promise<void> {
	const { api } = evidence.server;
	for (const credential of credentials.values()) keep(evidence, await testInTurn(evidence, credential));
	const fields = evidence.nodeTypes.flatMap(dynamicFields);
	const lists = [...new Map(fields.map((field) => [`${field.node.name} ${field.kind} ${field.method} ${field.credentialType}`, field])).values()];
	const answers = await inLanes(8, lists, async ({ node, version, kind, method, path, parameters, credentialType: type }): Promise<unknown> => {
		const { id, name } = credentials.get(type) ?? assert.fail(`No credential of the type ${type} was saved.`);
		const asked = { kind, method, path, nodeType: node.name, version, parameters, credentials: { [type]: { id, name } } };
		// What fails is answered with an error, whose text matters too.
		return await api.lookUp(asked).catch((error: unknown) => String(error));
	});
	for (const answer of answers) keep(evidence, answer);
}

let testing: Promise<unknown> = Promise.resolve();

/** One test after another: n8n mixes up those that run at the same time. */
async function testInTurn({ server }: Evidence, { id, name, type, data }: SavedCredential): Promise<TestResult> {
	const test = async (): Promise<TestResult> => await server.api.testCredential(id, { name, type, data });
	const turn = testing.then(test, test);
	testing = turn;
	return await turn;
}

function keep({ answers }: Evidence, answer: unknown): void {
	answers.push(JSON.stringify(answer));
}

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import type { CredentialInput } from '../../../../demo/api.mts';
import { freePorts } from '../../../../demo/ports.mjs';
import { foreignToken } from '../../../../sandbox/accutics/seed.mts';
import { sentSecrets } from '../../../support/secrets.mts';
import type { DescribedCredential, DescribedNode } from '../../described.mts';
import { dynamicFields } from '../lookups/fields.mts';
import type { Server } from '../../server.mts';
import { disarm, rounds, services, type Round } from './faults.mts';
import type { ForeignHost } from './foreignHost.mts';
import { accesses, nameOf, standsForItsKind, workflowsOf, type Access } from './subjects.mts';

const ROUND_LIMIT_MS = 180_000;

/** A credential as it was saved, with the fields that n8n calls secret. */
export interface SavedCredential extends CredentialInput {
	id: string;
	secretFields: string[];
}

/** An operation as it was saved. */
interface SavedSubject {
	name: string;
	workflowIds: string[];
	credential: SavedCredential;
}

/** What a whole run brings together. */
export interface Evidence {
	server: Server;
	/** As n8n tells its editor. */
	nodeTypes: DescribedNode[];
	credentialTypes: DescribedCredential[];
	foreign: ForeignHost;
	credentials: SavedCredential[];
	/** What n8n's REST interface answered: executions, credentials, tests, look-ups. */
	answers: string[];
	/** Secrets in the form in which the services received them. */
	sent: Set<string>;
	executions: number;
	/** By fault: how many requests it has struck. */
	struck: Map<string, number>;
}

/** Runs all operations through all faults, with right and wrong credentials and with services that are not there. */
export async function runAll(evidence: Evidence): Promise<void> {
	const { control, sandboxUrl, api } = evidence.server;
	// The documented 300 requests a minute would hold everything up.
	await control.settings('endocs', { rateLimit: null });
	const right = await save(evidence, 'right', (_access, data) => data);
	for (const round of rounds) await runRound(evidence, round, right);

	const wrong = await save(evidence, 'wrong', wrongSecrets(evidence), standsForItsKind);
	for (const round of rounds.filter(({ name }) => /^(no fault|request repeated in a 401)$/.test(name))) await runRound(evidence, { ...round, name: `wrong credentials, ${round.name}` }, wrong);

	const [closedPort = 0] = await freePorts(1);
	const elsewhere = (_access: Access, data: IDataObject) => JSON.parse(JSON.stringify(data).replaceAll(sandboxUrl, `http://127.0.0.1:${closedPort}`)) as IDataObject;
	const down = await save(evidence, 'down', elsewhere, standsForItsKind);
	await runRound(evidence, { name: 'service down', operations: 'some', editor: true, arm: async () => {} }, down);
	for (const { id } of evidence.credentials) keep(evidence, await api.getCredential(id));
}

/** Saves each operation with a credential: sessions are shared, the limits of a service without sessions must not be. */
async function save(evidence: Evidence, label: string, change: (access: Access, data: IDataObject) => IDataObject, wanted: (name: string) => boolean = () => true): Promise<SavedSubject[]> {
	const { api, sandboxUrl } = evidence.server;
	const saved: SavedSubject[] = [];
	for (const access of accesses) {
		const create = async (name: string): Promise<SavedCredential> => {
			const input = { name, type: access.credentialType, data: change(access, access.credential(sandboxUrl)) };
			const credential = { ...input, id: await api.createCredential(input), secretFields: secretFieldsOf(evidence, access.credentialType) };
			evidence.credentials.push(credential);
			return credential;
		};
		const shared = access.sessions ? await create(`${access.credentialType}, ${label}`) : undefined;
		for (const [key, sample] of Object.entries(access.operations)) {
			const name = nameOf(access, key);
			if (!wanted(name)) continue;
			const credential = shared ?? (await create(`${name}, ${label}`));
			const workflowIds = await Promise.all(workflowsOf(access, key, sample, credential).map(async (workflow) => await api.createWorkflow(workflow)));
			saved.push({ name, workflowIds, credential });
		}
	}
	return saved;
}

/** The fields of a credential type that n8n treats as secret. */
const secretFieldsOf = ({ credentialTypes }: Evidence, type: string): string[] =>
	(credentialTypes.find(({ name }) => name === type)?.properties ?? []).filter(({ typeOptions }) => typeOptions?.password === true).map(({ name }) => name);

/** Secrets that look right and are not. */
const wrongSecrets = (evidence: Evidence) => (access: Access, data: IDataObject): IDataObject => {
	const fields = secretFieldsOf(evidence, access.credentialType).filter((field) => field in data);
	return { ...data, ...Object.fromEntries(fields.map((field) => [field, access.node === 'accutics' ? foreignToken : `+${randomBytes(12).toString('hex')}/=`])) };
};

async function runRound(evidence: Evidence, round: Round, subjects: readonly SavedSubject[]): Promise<void> {
	const { server, foreign } = evidence;
	const { api, control } = server;
	const chosen = subjects.filter(({ name }) => round.operations === 'all' || standsForItsKind(name));
	await round.arm(control, foreign.url);
	const begun = Date.now();
	try {
		const ids = await inLanes(16, chosen.flatMap(({ workflowIds }) => workflowIds), async (id) => await api.run(id, 'Start'));
		await allEnded(evidence, round.name);
		for (const id of ids) keep(evidence, await api.call('GET', `/rest/executions/${id}`));
		evidence.executions += ids.length;
		if (round.editor) await useEditor(evidence, chosen);
		evidence.struck.set(round.name, (await control.faults()).reduce((sum, { fired }) => sum + fired, 0));
console.log('ROUND', round.name, Date.now() - begun, evidence.struck.get(round.name), foreign.requests());
	} finally {
		await disarm(control);
	}
	for (const service of [...services, 'entu-storage']) for (const secret of sentSecrets(await control.journal(service))) evidence.sent.add(secret);
	await control.clearJournal();
}

/** Waits until n8n runs nothing any more. */
async function allEnded({ server }: Evidence, what: string): Promise<void> {
	const filter = encodeURIComponent(JSON.stringify({ status: ['new', 'running'] }));
	const deadline = Date.now() + ROUND_LIMIT_MS;
	for (;;) {
		const { data } = await server.api.call<{ data: { results: unknown[] } }>('GET', `/rest/executions?filter=${filter}&limit=100`);
		if (data.results.length === 0) return;
		assert(Date.now() < deadline, `"${what}": ${data.results.length} executions still run after ${ROUND_LIMIT_MS / 1000} s.`);
		await new Promise((resolve) => setTimeout(resolve, 200));
	}
}

/** What a person does in the editor: tests each kind of credential, opens each list that a node offers. */
async function useEditor(evidence: Evidence, subjects: readonly SavedSubject[]): Promise<void> {
	const { api } = evidence.server;
	const credentials = new Map(subjects.map(({ credential }) => [credential.type, credential]));
	// One after another: n8n mixes up tests that run at the same time.
	for (const { id, name, type, data } of credentials.values()) keep(evidence, await api.testCredential(id, { name, type, data }));
	const fields = evidence.nodeTypes.flatMap(dynamicFields);
	const lists = [...new Map(fields.map((field) => [`${field.node.name} ${field.kind} ${field.method} ${field.credentialType}`, field])).values()];
	const answers = await inLanes(8, lists, async ({ node, kind, method, path, parameters, credentialType: type }): Promise<unknown> => {
		const credential = credentials.get(type);
		assert(credential, `No credential of the type ${type} was saved.`);
		const asked = { kind, method, path, nodeType: node.name, parameters, credentials: { [type]: { id: credential.id, name: credential.name } } };
		// What fails is answered with an error, whose text matters too.
		return await api.lookUp(asked).catch((error: unknown) => String(error));
	});
	for (const answer of answers) keep(evidence, answer);
}

function keep({ answers }: Evidence, answer: unknown): void {
	answers.push(JSON.stringify(answer));
}

/** Works on a list, so many at a time; results in the order of the list. */
async function inLanes<In, Out>(width: number, list: readonly In[], work: (entry: In) => Promise<Out>): Promise<Out[]> {
	const results: Out[] = [];
	const left = list.entries();
	const lane = async () => {
		for (const [index, entry] of left) results[index] = await work(entry);
	};
	await Promise.all(Array.from({ length: width }, lane));
	return results;
}

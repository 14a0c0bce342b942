import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createWriteStream, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { IBinaryData, IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { Execution } from '../../../demo/api.mts';
import { exampleCredentials } from '../../../demo/credentials.mts';
import { known as entu } from '../../../sandbox/entu/seed-known.mts';
import { syntheticFile } from '../../../sandbox/entu/synthetic.mts';
import { known as smartConnect } from '../../../sandbox/smartconnect/seed.mts';
import type { Checks } from '../checks.mts';
import { memoryAtRest, watchMemory } from './files/memory.mts';
import { assertSuccess, itemsOf, runSaved, saveNode, SUBJECT, type NodeToRun } from '../nodeRun.mts';
import { startServer, type Server } from '../server.mts';

const MIB = 2 ** 20;
const SIZE = entu.largeFileSize;
const SMALL = MIB;
const MOST_GROWTH = 100 * MIB;
const WARM_UPS = 5;
const RUN_MS = 300_000;
/** What an execution without bytes in it takes, in characters. */
const MOST_RUN_DATA = 10_000;

const byId = (value: string) => ({ __rl: true, mode: 'id', value });

/** Files of 200 MiB through a fresh n8n that keeps them on disk; what becomes of those that break off. */
export async function checkFiles(checks: Checks, release: string): Promise<void> {
	const usual = process.env.TMPDIR;
	const folder = mkdtempSync(path.join(tmpdir(), 'backoffice-files-'));
	// n8n, the sandbox and their homes: all that they leave behind is then seen.
	const temporary = path.join(folder, 'tmp');
	const input = path.join(folder, 'input');
	for (const one of [temporary, input]) mkdirSync(one);
	process.env.TMPDIR = temporary;
	try {
		await checkInFolder(checks, release, input);
		// Others there are caches of Node and of n8n.
		await checks.check('nothing is left in the folder for temporary files', () => assert.deepEqual(readdirSync(temporary).filter((name) => name.startsWith('backoffice-')), []));
	} finally {
		if (usual === undefined) delete process.env.TMPDIR;
		else process.env.TMPDIR = usual;
		rmSync(folder, { recursive: true, force: true });
	}
}

async function checkInFolder(checks: Checks, release: string, input: string): Promise<void> {
	const settings = { N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem', N8N_RESTRICT_FILE_ACCESS_TO: input };
	const server = await checks.check('n8n starts with binary data on the file system', async () => await startServer(release, settings));
	if (!server) return;
	try {
		const files = await Files.open(server, input);
		const { check, figure } = checks;
		const atRest = await check('n8n is at rest after files of 1 MiB', async () => await files.warmUp());
		if (atRest === undefined) return;
		const growth = (what: string, highest: number, after: number) => {
			figure(`resident memory of n8n while ${what}`, `${mib(atRest)} before, ${mib(highest)} at most, ${mib(after)} after (+${mib(highest - atRest)})`);
			assert(highest - atRest < MOST_GROWTH, `n8n grew by ${mib(highest - atRest)}.`);
		};

		await check('a file of 200 MiB goes up whole, in a stream', async () => {
			const { highest, after, ms } = await files.upload(SIZE);
			figure('200 MiB from disk through n8n into Entu', `${ms} ms, same SHA-256`);
			growth('200 MiB go up', highest, after);
		});
		await check('a file of 200 MiB comes down whole, in a stream', async () => {
			const { highest, after, ms } = await files.download();
			figure('200 MiB from Entu into n8n', `${ms} ms, same SHA-256`);
			growth('200 MiB come down', highest, after);
		});
		await check('a download that breaks off in the middle fails, and leaves no half file', async () => await files.brokenDownload());
		await check('an upload whose storage answers 503 says so, and leaves nothing in Entu', async () => {
			await files.refusedUpload(SMALL, 'after', /HTTP 503/);
			await files.refusedUpload(SIZE, 'before', /HTTP 503|closed the connection while the request was being sent/);
		});
		await check('a thumbnail comes down', async () => await files.thumbnail());
		await check('an output of SmartConnect comes down', async () => await files.output());
	} finally {
		if (checks.failed > 0) console.log(`\nThe end of n8n's log:\n${server.logTail()}`);
		await server.stop();
	}
}

/** What is done with files, in workflows of one n8n. */
class Files {
	private constructor(
		private readonly server: Server,
		private readonly input: string,
		private readonly credentials: Record<string, string>,
	) {}

	static async open(server: Server, input: string): Promise<Files> {
		const credentials: Record<string, string> = {};
		for (const credential of exampleCredentials(server.sandboxUrl)) credentials[credential.type] = await server.api.createCredential(credential);
		for (const size of [SMALL, SIZE]) await pipeline(syntheticFile(size), createWriteStream(path.join(input, nameOf(size))));
		return new Files(server, input, credentials);
	}

	/** All that is loaded once is loaded then, and V8's young heap has its size. Resolves with the resident memory in bytes. */
	async warmUp(): Promise<number> {
		for (let round = 0; round < WARM_UPS; round++) {
			const { file } = await this.upload(SMALL);
			assertSuccess(await this.run('entu', { resource: 'file', operation: 'download', fileBy: 'id', fileId: file }));
		}
		return await memoryAtRest(this.server.pid);
	}

	async upload(size: number): Promise<{ file: string; highest: number; after: number; ms: number }> {
		const { control, pid } = this.server;
		await control.clearJournal();
		const { execution, ...measured } = await this.measure(async () => await this.runUpload(size));
		assertSuccess(execution);
		assertLean(execution);
		const puts = (await control.journal('entu-storage')).filter(({ method }) => method === 'PUT');
		assert.deepEqual(puts.map(({ bodySize, bodySha256, status }) => ({ bodySize, bodySha256, status })), [{ bodySize: size, bodySha256: await digestOf(syntheticFile(size)), status: 200 }]);
		const json = itemsOf(execution)[0]?.json ?? {};
		assert.deepEqual([json.entity, json.name, json.size], [entu.book, nameOf(size), size]);
		return { file: String(json._id), after: await memoryAtRest(pid), ...measured };
	}

	async download(): Promise<{ highest: number; after: number; ms: number }> {
		const { execution, ...measured } = await this.measure(async () => await this.run('entu', { resource: 'file', operation: 'download', fileBy: 'id', fileId: entu.largeFileValue }));
		assertSuccess(execution);
		assertLean(execution);
		const after = await memoryAtRest(this.server.pid);
		const { fileName, bytes, sha256 } = await this.content(itemsOf(execution)[0]);
		assert.deepEqual([fileName, bytes, sha256], ['scan.tif', SIZE, await digestOf(syntheticFile(SIZE))]);
		return { after, ...measured };
	}

	async brokenDownload(): Promise<void> {
		const { control } = this.server;
		await control.reset();
		await control.fault({ service: 'entu-storage', method: 'GET', times: -1, fault: { type: 'truncated' } });
		const download = { resource: 'file', operation: 'download', fileBy: 'id', fileId: entu.largeFileValue };
		const execution = await this.run('entu', download);
		assert.equal(execution.status, 'error');
		assert.match(execution.error ?? '', /The transfer of "scan\.tif" broke off/);
		const goingOn = await this.run('entu', { ...download, fileId: entu.photoValue }, { onError: 'continueErrorOutput' });
		assert.deepEqual([itemsOf(goingOn).length, itemsOf(goingOn, 1).map(({ binary }) => binary)], [0, [undefined]]);
		for (const { id } of [execution, goingOn]) assert.deepEqual(this.storedFiles(id), []);
		await control.reset();
	}

	/** @param when whether the storage answers at once, or when it has read all */
	async refusedUpload(size: number, when: 'before' | 'after', says: RegExp): Promise<void> {
		const { control } = this.server;
		await control.reset();
		await control.fault({ service: 'entu-storage', method: 'PUT', times: -1, fault: { type: 'status', status: 503, when } });
		const execution = await this.runUpload(size);
		assert.equal(execution.status, 'error');
		const { message, description } = (execution.runData[SUBJECT]?.[0]?.error ?? {}) as IDataObject;
		assert(String(message).includes(`The file "${nameOf(size)}" could not be uploaded`), String(message));
		assert.match(String(message), says);
		assert.match(String(description), /Nothing of it is left in Entu; run the item again/);
		const { effects } = await control.summary('entu');
		assert.deepEqual([effects['property.add'], effects['property.delete']], [1, 1]);
		await control.reset();
	}

	async thumbnail(): Promise<void> {
		const execution = await this.run('entu', { resource: 'file', operation: 'getThumbnail', thumbnailOf: 'entity', entityId: byId(entu.bookWithPhoto) });
		assertSuccess(execution);
		const { mimeType, start } = await this.content(itemsOf(execution)[0]);
		assert.deepEqual([mimeType, start.subarray(0, 3).toString('hex')], ['image/jpeg', 'ffd8ff']);
	}

	async output(): Promise<void> {
		const [outputId] = smartConnect.outputs;
		const parameters = { authentication: 'webService', resource: 'output', operation: 'download', integrationId: byId(smartConnect.priceList), outputId: byId(outputId) };
		const execution = await this.run('smartConnect', parameters);
		assertSuccess(execution);
		const { fileName, start } = await this.content(itemsOf(execution)[0]);
		assert.deepEqual([fileName, start.toString().split('\r\n')[0]], ['prices-1.csv', 'No,Name,Amount']);
	}

	private async run(node: string, parameters: NodeToRun['parameters'], more: Partial<NodeToRun> = {}): Promise<Execution> {
		return await runSaved(this.server.api, await saveNode(this.server.api, { node, parameters, credentials: this.credentials, ...more }), RUN_MS);
	}

	/** n8n's own node reads the file from disk, ours sends it on. */
	private async runUpload(size: number): Promise<Execution> {
		return await this.run(
			'entu',
			{ resource: 'file', operation: 'upload', entityId: byId(entu.book), propertyName: 'scan', binaryPropertyName: 'data' },
			{ before: { type: 'n8n-nodes-base.readWriteFile', parameters: { operation: 'read', fileSelector: path.join(this.input, nameOf(size)) } } },
		);
	}

	private async measure(work: () => Promise<Execution>): Promise<{ execution: Execution; highest: number; ms: number }> {
		const begun = Date.now();
		const { result, highest } = await watchMemory(this.server.pid, work);
		return { execution: result, highest, ms: Date.now() - begun };
	}

	/** What a person gets who downloads the file from the output of the node. */
	private async content(item: INodeExecutionData | undefined): Promise<{ fileName?: string; mimeType: string; bytes: number; sha256: string; start: Buffer }> {
		const { data } = item?.binary ?? {};
		assert(data?.id, 'No file came out.');
		const { body } = await this.server.api.openBinary(data.id);
		assert(body);
		const hash = createHash('sha256');
		let bytes = 0;
		let start = Buffer.alloc(0);
		for await (const chunk of body) {
			if (bytes === 0) start = Buffer.from(chunk as Uint8Array);
			hash.update(chunk as Uint8Array);
			bytes += (chunk as Uint8Array).length;
		}
		return { fileName: data.fileName, mimeType: data.mimeType, bytes, sha256: hash.digest('hex'), start };
	}

	/** The files that n8n keeps for an execution, unfinished ones included. */
	private storedFiles(executionId: string): string[] {
		const files = readdirSync(path.join(this.server.home, '.n8n'), { recursive: true, encoding: 'utf8' });
		return files.filter((file) => file.includes(`/executions/${executionId}/binary_data/`));
	}
}

/** The run data holds where the bytes are, and not the bytes. */
function assertLean({ runData }: Execution): void {
	const text = JSON.stringify(runData);
	assert(text.length < MOST_RUN_DATA, `The run data takes ${text.length} bytes.`);
	const files = Object.values(runData).flatMap((runs) => runs.flatMap((run) => run.data?.main?.flatMap((items) => items ?? []) ?? [])).flatMap(({ binary = {} }) => Object.values<IBinaryData>(binary));
	assert(files.length > 0);
	for (const { id, data } of files) assert.match(`${String(id)} ${data}`, /^filesystem-v2:\S+ filesystem-v2$/);
}

async function digestOf(content: AsyncIterable<unknown>): Promise<string> {
	const hash = createHash('sha256');
	for await (const chunk of content) hash.update(chunk as Buffer);
	return hash.digest('hex');
}

const nameOf = (size: number) => `scan-${size / MIB}.tif`;
const mib = (bytes: number) => `${Math.round(bytes / MIB)} MiB`;

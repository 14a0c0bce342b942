import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { known } from '../sandbox/entu/seed-known.mts';
import { syntheticFile } from '../sandbox/entu/synthetic.mts';
import { credentialOf, entityUrl, runEntu, runHttp, tokenFor } from './entu.mts';
import { highest, mustGive, type Contestant, type Lab, type Measure } from './support.mts';

const SIZE = known.largeFileSize;
const FILE = { fileName: 'scan.tiff', mimeType: 'image/tiff' };

/** An item with a large file, stored as n8n stores files. */
async function largeItem({ engine }: Lab, size = SIZE): Promise<INodeExecutionData> {
	const file = path.join(engine.n8n.folder, `${size}.tiff`);
	await pipeline(syntheticFile(size), createWriteStream(file));
	const item = await engine.binaryItem({ path: file }, FILE);
	await rm(file);
	return item;
}

/** @throws Error when the file that came down is not the one that went up, byte for byte */
async function mustBeWhole({ engine }: Lab, item: INodeExecutionData | undefined): Promise<void> {
	const { data } = item?.binary ?? {};
	if (!data) throw new Error('No file came out');
	const digest = async (content: AsyncIterable<unknown>): Promise<string> => {
		const hash = createHash('sha256');
		for await (const chunk of content) hash.update(chunk as Buffer);
		return hash.digest('hex');
	};
	if ((await digest(await engine.streamBinary(data))) !== (await digest(syntheticFile(SIZE)))) throw new Error('The file is not what it was');
}

const uploadOperation = {
	resource: 'file',
	operation: 'upload',
	entityId: { __rl: true, mode: 'id', value: known.book },
	propertyName: 'photo',
	binaryPropertyName: 'data',
};

const uploadByEntu: Contestant = async (lab) => {
	const credential = credentialOf(lab);
	const upload = async (item: INodeExecutionData) => mustGive(await runEntu(lab, credential, uploadOperation, { items: [item] }), 1);
	await upload(await largeItem(lab, 1000));
	const before = lab.atRest();
	const item = await largeItem(lab);
	const { result, figures } = await lab.measure(async () => await upload(item), before);
	const fileId = String(result.outputs[0]?.[0]?.json._id);
	const back = await runEntu(lab, credential, { resource: 'file', operation: 'download', fileBy: 'id', fileId, binaryPropertyName: 'data' });
	await mustBeWhole(lab, mustGive(back, 1).outputs[0]?.[0]);
	return figures;
};

/** The second half of what a user of the HTTP Request node has to build: the file to the signed address. */
const uploadByHttp: Contestant = async (lab) => {
	const credential = credentialOf(lab);
	const token = await tokenFor(lab);
	const upload = async (item: INodeExecutionData, size: number) => {
		const { url, headers } = await signedUpload(lab, token, size);
		const run = await runHttp(
			lab,
			credential,
			{
				method: 'PUT',
				url,
				authentication: 'none',
				sendHeaders: true,
				headerParameters: {
					parameters: ['ACL', 'Content-Disposition', 'Content-Type'].map((name) => ({ name, value: String(headers[name]) })),
				},
				sendBody: true,
				contentType: 'binaryData',
				inputDataFieldName: 'data',
				options: {},
			},
			{ items: [item] },
		);
		return mustGive(run, 1);
	};
	await upload(await largeItem(lab, 1000), 1000);
	const before = lab.atRest();
	const item = await largeItem(lab);
	const { figures } = await lab.measure(async () => await upload(item, SIZE), before);
	return figures;
};

async function signedUpload(lab: Lab, token: string, size: number): Promise<{ url: string; headers: IDataObject }> {
	const answer = await fetch(`${entityUrl(lab)}/${known.book}`, {
		method: 'POST',
		headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
		body: JSON.stringify([{ type: 'photo', filename: FILE.fileName, filesize: size, filetype: FILE.mimeType }]),
	});
	const { properties } = (await answer.json()) as { properties: Array<{ upload?: { url: string; headers: IDataObject } }> };
	const upload = properties.find((property) => property.upload)?.upload;
	if (!upload) throw new Error('The sandbox gave no address to upload to');
	return upload;
}

const downloadByEntu: Contestant = async (lab) => {
	const credential = credentialOf(lab);
	const download = async (fileId: string) =>
		mustGive(await runEntu(lab, credential, { resource: 'file', operation: 'download', fileBy: 'id', fileId, binaryPropertyName: 'data' }), 1);
	await download(known.photoValue);
	const { result, figures } = await lab.measure(async () => await download(known.largeFileValue));
	await mustBeWhole(lab, result.outputs[0]?.[0]);
	return figures;
};

const downloadByHttp: Contestant = async (lab) => {
	const credential = credentialOf(lab);
	const token = await tokenFor(lab);
	const download = async (fileId: string) => {
		const answer = await fetch(`${lab.url}/entu/${known.database}/property/${fileId}`, { headers: { Authorization: `Bearer ${token}` } });
		const { url } = (await answer.json()) as { url: string };
		const options = { response: { response: { responseFormat: 'file', outputPropertyName: 'data' } } };
		return mustGive(await runHttp(lab, credential, { method: 'GET', url, authentication: 'none', options }), 1);
	};
	await download(known.photoValue);
	const { result, figures } = await lab.measure(async () => await download(known.largeFileValue));
	await mustBeWhole(lab, result.outputs[0]?.[0]);
	return figures;
};

const MEGABYTE = 1_000_000;
const UPLOAD = 'Entu node, upload';
const DOWNLOAD = 'Entu node, download';

export const files: Measure = {
	title: 'Upload and download a file of 200 MB, n8n keeping binary data on disk',
	columns: { ms: 'time', cpuMs: 'processor time', rssBytes: 'resident memory' },
	contestants: {
		[UPLOAD]: uploadByEntu,
		'HTTP Request node, upload': uploadByHttp,
		[DOWNLOAD]: downloadByEntu,
		'HTTP Request node, download': downloadByHttp,
	},
	prepare: async (control) => void (await control.settings('entu', { journal: 'counts' })),
	bars: (runs) => [
		{ what: 'resident memory added by the upload, worst run', measured: highest(runs, UPLOAD, 'rssBytes'), atMost: 80 * MEGABYTE, unit: 'bytes' },
		{ what: 'resident memory added by the download, worst run', measured: highest(runs, DOWNLOAD, 'rssBytes'), atMost: 80 * MEGABYTE, unit: 'bytes' },
	],
};

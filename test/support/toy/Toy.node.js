'use strict';
// A node whose `mode` parameter names what it does with each item: one mode for each fact of the engine that the tests pin down.
const { NodeApiError } = require('n8n-workflow');

const failures = {
	none: () => undefined,
	message: (item) => ({ json: { error: 'refused', message: 'said no', details: { status: 404 } }, pairedItem: { item } }),
	extraKey: (item) => ({ json: { error: 'refused', statusCode: 404 }, pairedItem: { item } }),
	itemError: (item, node) => ({
		json: { error: 'refused', message: 'kept?' },
		error: new NodeApiError(node, { message: 'refused' }),
		pairedItem: { item },
	}),
};

class Toy {
	constructor() {
		this.description = {
			displayName: 'Toy',
			name: 'toy',
			group: ['transform'],
			version: 1,
			description: 'Prove the harness',
			defaults: { name: 'Toy' },
			inputs: ['main'],
			outputs: ['main'],
			usableAsTool: true,
			credentials: [{ name: 'toyApi', required: false }],
			properties: [
				{ displayName: 'Mode', name: 'mode', type: 'string', required: true, default: 'none' },
				{ displayName: 'URL', name: 'url', type: 'string', default: '' },
				{ displayName: 'Number', name: 'number', type: 'number', default: 7 },
			],
		};
		this.methods = {
			listSearch: {
				async search(filter, token) {
					const { user } = await this.getCredentials('toyApi');
					return { results: [{ name: `${filter} ${token} ${user}`, value: this.getCurrentNodeParameter('number') }] };
				},
			},
			loadOptions: {
				async options() {
					return [{ name: 'One', value: 1 }];
				},
			},
		};
	}

	async execute() {
		const mode = this.getNodeParameter('mode', 0);
		const run = modes[mode] ?? modes.items;
		return await run.call(this, mode);
	}
}

const modes = {
	items(mode) {
		const items = this.getInputData();
		const output = items.map((item, index) => {
			const failure = index === 1 ? failures[mode](index, this.getNode()) : undefined;
			return failure ?? { json: { ...item.json, done: true }, pairedItem: { item: index } };
		});
		return [output];
	},
	throw() {
		throw new NodeApiError(this.getNode(), { message: 'secret-free' }, { itemIndex: 1 });
	},
	tool() {
		return [[{ json: { given: this.getNodeParameter('url', 0), type: this.getNode().type } }]];
	},
	hint() {
		this.addExecutionHints({ message: '1 of 3 items failed' });
		return [this.getInputData()];
	},
	async credential() {
		const output = [];
		for (let item = 0; item < this.getInputData().length; item++) {
			output.push({ json: { ...(await this.getCredentials('toyApi', item)) }, pairedItem: { item } });
		}
		return [output];
	},
	async request() {
		const options = { url: this.getNodeParameter('url', 0), json: true };
		const body = await this.helpers.httpRequestWithAuthentication.call(this, 'toyApi', options);
		return [[{ json: body, pairedItem: { item: 0 } }]];
	},
	async resend() {
		const url = this.getNodeParameter('url', 0);
		const data = { ...(await this.getCredentials('toyApi')), token: '' };
		const options = { url, json: true };
		const body = await this.helpers.httpRequestWithAuthentication.call(this, 'toyApi', options, { credentialsDecrypted: { data } });
		return [[{ json: body, pairedItem: { item: 0 } }]];
	},
	async wait() {
		const signal = this.getExecutionCancelSignal();
		await new Promise((resolve) => signal.addEventListener('abort', resolve));
		this.logger.info('noticed the cancel');
		return [[]];
	},
	async file() {
		const { id } = this.helpers.assertBinaryData(0, 'data');
		const bytes = await this.helpers.getBinaryDataBuffer(0, 'data');
		const copy = await this.helpers.prepareBinaryData(Buffer.concat([bytes, bytes]), 'copy.bin', 'application/octet-stream');
		return [[{ json: { stored: Boolean(id) }, binary: { data: copy }, pairedItem: { item: 0 } }]];
	},
};

module.exports = { Toy };

'use strict';

class ToyApi {
	constructor() {
		this.name = 'toyApi';
		this.displayName = 'Toy API';
		this.properties = [
			{ displayName: 'Base URL', name: 'baseUrl', type: 'string', default: 'http://127.0.0.1' },
			{ displayName: 'User', name: 'user', type: 'string', default: '' },
			{ displayName: 'Password', name: 'password', type: 'string', typeOptions: { password: true }, default: '' },
			{ displayName: 'Token', name: 'token', type: 'hidden', typeOptions: { expirable: true }, default: '' },
		];
		this.authenticate = { type: 'generic', properties: { headers: { 'X-Token': '={{$credentials.token}}' } } };
		this.test = {
			request: { baseURL: '={{$credentials.baseUrl}}', url: '/login', method: 'POST', body: { password: '={{$credentials.password}}' } },
			rules: [{ type: 'responseSuccessBody', properties: { key: 'status', value: 'refused', message: 'Wrong password' } }],
		};
	}

	async preAuthentication({ baseUrl, password }) {
		const answer = await this.helpers.httpRequest({ method: 'POST', url: `${baseUrl}/login`, body: { password }, json: true });
		if (answer.status === 'refused') throw new Error('The password was refused');
		return { token: answer.token };
	}
}

module.exports = { ToyApi };

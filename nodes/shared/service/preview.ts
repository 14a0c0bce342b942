import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';

import { fail } from '../answer/failure';
import { readJson } from '../answer/json';
import { isStream } from '../stream';
import type { Body, Next } from './request';

/** A request as n8n would get it, with its body before n8n has touched it. */
export interface Held {
	readonly options: IHttpRequestOptions;
	readonly body: Body | undefined;
	readonly next: Next | undefined;
}

/** What one item would send, in place of sending it: the option 'Preview Only'. */
export class Preview {
	private readonly requests: IDataObject[] = [];
	private afterwards: string | undefined;

	/**
	 * Takes down a request that is not sent.
	 * @param show takes the secrets out
	 * @returns what stands in for the answer
	 * @throws FailureError `previewed` where there is nothing that could
	 */
	hold({ options, body, next }: Held, show: <T>(value: T) => T): unknown {
		const { method = 'GET', url, headers = {} } = options;
		const shownHeaders = Object.entries(headers).filter(([name]) => name !== 'Content-Length');
		const request = { method, url: url + queryText(url, options), headers: Object.fromEntries(shownHeaders) as IDataObject, body: body ? shownBody(body) : null };
		this.requests.push(show(request) as IDataObject);
		if (typeof next === 'object') return next.answer;
		this.afterwards = next;
		return fail({ reason: 'previewed', message: 'Nothing was sent, because Preview Only is on' });
	}

	/** What comes out for the item. */
	toJson(): IDataObject {
		return { previewOnly: true, summary: `Nothing was sent. ${this.plan()}`, requests: this.requests };
	}

	private plan(): string {
		const count = this.requests.length;
		if (count === 0) return 'Without Preview Only, nothing is sent either: there is nothing to change';
		const plan = `Without Preview Only, ${count === 1 ? 'this request is' : `these ${count} requests are`} sent`;
		return this.afterwards === undefined ? plan : `${plan}. What follows depends on the answer: ${this.afterwards}`;
	}
}

/** A body for people: JSON as its value, other text as it is, and of a file what it is. */
function shownBody({ content, type, length, name }: Body): IDataObject[string] {
	if (typeof content === 'string') return type === 'application/json' ? (readJson(content) as IDataObject) : content;
	if (isStream(content)) content.destroy();
	return { file: name ?? null, bytes: length, type };
}

/** The query as n8n writes it behind an address. */
function queryText(url: string, { qs, arrayFormat = 'indices' }: IHttpRequestOptions): string {
	const pairs = Object.entries((qs ?? {}) as IDataObject).flatMap(([name, value]) => pairsOf(name, value, arrayFormat));
	if (pairs.length === 0) return '';
	return (url.includes('?') ? '&' : '?') + pairs.map((pair) => pair.map(encoded).join('=')).join('&');
}

function pairsOf(name: string, value: unknown, arrayFormat: NonNullable<IHttpRequestOptions['arrayFormat']>): Array<[name: string, value: string]> {
	if (value === undefined) return [];
	if (!Array.isArray(value)) return [[name, String(value ?? '')]];
	const texts = value.map((entry: unknown) => String(entry ?? ''));
	if (arrayFormat === 'comma') return [[name, texts.join(',')]];
	return texts.map((text, i) => [name + { repeat: '', brackets: '[]', indices: `[${i}]` }[arrayFormat], text]);
}

function encoded(text: string): string {
	return encodeURIComponent(text).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
}

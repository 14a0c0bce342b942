import type { INodeProperties } from 'n8n-workflow';

/**
 * What a credential begins with: where its secrets come from, click by click, and who can give them.
 * @param text two sentences
 * @param page our own page, at the anchor of the credential
 */
export function whereFrom(text: string, page: string): INodeProperties {
	return { displayName: `${text} <a href="${page}" target="_blank">Step by step</a>`, name: 'whereFrom', type: 'notice', default: '' };
}

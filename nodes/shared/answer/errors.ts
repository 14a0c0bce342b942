import { NodeApiError, NodeOperationError, type IDataObject, type INode, type INodeExecutionData } from 'n8n-workflow';

import { Stopped } from '../wait';
import { FailureError, textOf, type Failure } from './failure';

type NodeError = NodeApiError | NodeOperationError;

/** The failure in whatever was thrown; `show` takes the secrets out of texts that are not the kit's own. */
export function toFailure(error: unknown, show: (text: string) => string): Failure {
	if (error instanceof FailureError || error instanceof Stopped) return error.failure;
	const message = show(error instanceof Error ? error.message : String(error));
	// JSON can be nested more deeply than a function can call itself.
	if (/call stack/.test(message)) return { reason: 'unreadable answer', message: 'The answer is nested too deeply to be read', fix: TOO_DEEP };
	const described = error instanceof NodeOperationError ? error.description : undefined;
	return { reason: 'unexpected', message, fix: described ? show(described) : undefined };
}

const TOO_DEEP = 'Check the base URL in the credential, and what answers there';

/**
 * The n8n error for a failure.
 * @param itemIndex the item it belongs to; left out in the editor's look-ups
 * @param more what else the person should know, such as which items are done
 */
export function toNodeError(node: INode, failure: Failure, itemIndex?: number, more?: string): NodeError {
	const message = itemIndex === undefined ? textOf(failure) : `${textOf(failure)} [item ${itemIndex}]`;
	const description = [failure.fix, more].filter(Boolean).map(asSentence).join(' ') || undefined;
	const options = { message, description, itemIndex };
	const error =
		failure.reason === 'invalid input'
			? new NodeOperationError(node, message, options)
			: new NodeApiError(node, { message }, { ...options, httpCode: String(failure.status ?? '') });
	// n8n replaces messages that happen to hold a word such as EPERM by a sentence of its own.
	error.message = message;
	if (failure.details) error.context.data = failure.details;
	return error;
}

/**
 * The output item for a failure: `error` is a sentence, `message` an object with what else is known. With any other key some n8n would
 * put it on the success branch: those before 2.34 take for failed `{ error }` and exactly `{ error, message }`.
 * @param items positions of the incoming items that it belongs to
 */
export function toErrorItem(failure: Failure, items: readonly number[]): INodeExecutionData {
	const details: IDataObject = { reason: failure.reason, itemIndex: items[0] };
	if (failure.fix) details.description = failure.fix;
	if (failure.status) details.httpCode = failure.status;
	if (failure.parameter) details.parameter = failure.parameter;
	if (failure.faults) details.faults = failure.faults.map(({ parameter, message, fix }) => ({ parameter: parameter ?? null, message, description: fix ?? null }));
	return { json: { error: textOf(failure), message: { ...failure.details, ...details } }, pairedItem: pairedWith(items) };
}

/** The link to the items that an output item comes from. */
export function pairedWith(items: readonly number[]): INodeExecutionData['pairedItem'] {
	const links = items.map((item) => ({ item }));
	return links.length === 1 ? links[0] : links;
}

function asSentence(text: string | undefined): string {
	return text === undefined || /[.!?]$/.test(text) ? (text ?? '') : `${text}.`;
}

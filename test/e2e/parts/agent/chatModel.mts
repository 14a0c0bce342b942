// A stand-in for a chat model: it speaks OpenAI's Chat Completions on loopback and does what it was ordered to do.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Request, type Response } from 'express';
import type { IDataObject } from 'n8n-workflow';

/** A tool as it is offered to the model. */
export interface OfferedTool {
	name: string;
	description: string;
	/** JSON Schema of the arguments. */
	parameters: { type: string; properties: Record<string, IDataObject>; required?: string[] };
}

/** What was said between an agent and the model since the last order. */
interface Conversation {
	offered: OfferedTool[];
	/** What the tool gave back, each time the model heard of it. */
	heard: string[];
}

export interface ChatModel {
	/** For the credential's base URL. */
	url: string;
	/** Makes the model ask for one call of a tool in its next conversation, and then repeat what it got from it. */
	order(tool: string, args: IDataObject): void;
	conversation(): Conversation;
	stop(): Promise<void>;
}

interface ChatRequest {
	messages: { role: string; content: unknown }[];
	tools?: { function: OfferedTool }[];
}

/** The final answer begins with this; what the tool gave back follows. */
export const finalWords = 'The tool gave back: ';

export async function startChatModel(): Promise<ChatModel> {
	let ordered: { tool: string; args: IDataObject } | undefined;
	let conversation: Conversation = { offered: [], heard: [] };
	const app = express();
	app.use(express.json({ limit: '8mb' }));
	app.post('/v1/chat/completions', ({ body }: Request, response: Response) => {
		const { messages, tools = [] } = body as ChatRequest;
		conversation.offered = tools.map((tool) => tool.function);
		const last = messages.at(-1);
		if (last?.role !== 'tool') return void response.json(completion(ordered ? toolCall(ordered.tool, ordered.args) : { content: 'Nothing was ordered.' }));
		const heard = textOf(last.content);
		conversation.heard.push(heard);
		response.json(completion({ content: finalWords + heard }));
	});
	const server = createServer(app).listen(0, '127.0.0.1');
	await new Promise((resolve) => server.once('listening', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
		order: (tool, args) => {
			ordered = { tool, args };
			conversation = { offered: [], heard: [] };
		},
		conversation: () => conversation,
		stop: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

function toolCall(name: string, args: IDataObject): object {
	return { content: null, tool_calls: [{ id: 'call_1', type: 'function', function: { name, arguments: JSON.stringify(args) } }] };
}

function completion(message: object): object {
	return {
		id: 'chatcmpl-1',
		object: 'chat.completion',
		created: 1_700_000_000,
		model: 'stand-in',
		choices: [{ index: 0, message: { role: 'assistant', ...message }, finish_reason: 'tool_calls' in message ? 'tool_calls' : 'stop' }],
		usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
	};
}

/** The content of a message is a text, or a list of parts that hold texts. */
function textOf(content: unknown): string {
	if (!Array.isArray(content)) return String(content);
	return (content as { text?: string }[]).map(({ text = '' }) => text).join('');
}

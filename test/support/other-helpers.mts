/** Lets the code of a node or credential meet other helpers than the engine's. */
import type { IAdditionalCredentialOptions, IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';

export interface RequestHelpers {
	httpRequest(options: IHttpRequestOptions): Promise<unknown>;
	httpRequestWithAuthentication(this: IExecuteFunctions, type: string, options: IHttpRequestOptions, more?: IAdditionalCredentialOptions): Promise<unknown>;
}

/**
 * Gives one method of a type (`execute`, a look-up, `preAuthentication`) the helpers that `change` makes of the engine's.
 * Returns what puts the method back.
 */
export function giveHelpers(methods: Record<string, unknown>, name: string, change: (own: RequestHelpers, context: IExecuteFunctions) => RequestHelpers): () => void {
	const original = methods[name] as (this: unknown, ...args: unknown[]) => Promise<unknown>;
	methods[name] = async function (this: IExecuteFunctions, ...args: unknown[]): Promise<unknown> {
		const helpers = { ...this.helpers, ...change(this.helpers as RequestHelpers, this) };
		const context = new Proxy(this, { get: (target, key) => (key === 'helpers' ? helpers : (Reflect.get(target, key, target) as unknown)) });
		return await original.call(context, ...args);
	};
	return () => (methods[name] = original);
}

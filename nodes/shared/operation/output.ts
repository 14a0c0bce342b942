import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

/** One item that an operation gives out; the kit adds the link to the item it came from. */
export type Output = Pick<INodeExecutionData, 'json' | 'binary'>;

/** Output items of records that a service sent or the operation made. */
export function records(list: readonly IDataObject[]): Output[] {
	return list.map((json) => ({ json }));
}

/** One output item. */
export function record(json: IDataObject): Output[] {
	return [{ json }];
}

/** What comes out where a service has taken a request (2xx) and says nothing more: just that, and what was asked for. */
export function accepted(what: IDataObject = {}): IDataObject {
	return { accepted: true, ...what };
}

/** What a delete gives out: that it is done, and what was asked to be deleted. */
export function deleted(what: IDataObject): Output[] {
	return record({ deleted: true, ...what });
}

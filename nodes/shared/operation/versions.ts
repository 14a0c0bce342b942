/** The version of nodes that are added now. Those of saved workflows are of version 1, and go on as they were where a workflow could rely on it. */
export const NEWEST = 1.1;

/** Whether a node goes on as it was. @param nodeVersion its `typeVersion` */
export function isOfSavedWorkflow(nodeVersion: number): boolean {
	return nodeVersion < NEWEST;
}

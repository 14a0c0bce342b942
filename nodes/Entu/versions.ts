/*
 * What nodes of saved workflows (version 1) go on doing in their own way. Nodes that are added now are of version 1.1.
 */

/** Before version 1.1, blanks at the ends of a text to compare with were taken off. */
export function trimsTexts(nodeVersion: number): boolean {
	return nodeVersion < 1.1;
}

/** Since version 1.1, rows have one form wherever they come from: the name and the ID of the type, names of references, and lists as lists. */
export function hasOneForm(nodeVersion: number): boolean {
	return nodeVersion >= 1.1;
}

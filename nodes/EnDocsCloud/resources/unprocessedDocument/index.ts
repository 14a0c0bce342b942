import type { Resource } from '../../../shared/operation/operation';
import { decision } from './decision';
import { getAll } from './getAll';

const approve = decision({
	name: 'Approve',
	value: 'approve',
	action: 'Approve unprocessed document',
	description: 'Agree (согласовать) to an unprocessed document that waits for approval',
	approved: true,
});

const decline = decision({
	name: 'Decline',
	value: 'decline',
	action: 'Decline unprocessed document',
	description: 'Decline (отклонить) an unprocessed document that waits for approval, such as a scan that nobody can read',
	approved: false,
});

export const unprocessedDocument: Resource = {
	name: 'Unprocessed Document',
	value: 'unprocessedDocument',
	operations: [getAll, decline, approve],
	opensWith: [
		{ versions: [1.1], operation: 'getAll' },
		{ versions: [1], operation: 'decline' },
	],
};

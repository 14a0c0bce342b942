import type { Resource } from '../../../shared/operation/operation';
import { decision } from './decision';

const approve = decision({
	name: 'Approve',
	value: 'approve',
	action: 'Approve unprocessed document',
	description: 'Agree to an unprocessed document that waits for approval',
	approved: true,
});

const decline = decision({
	name: 'Decline',
	value: 'decline',
	action: 'Decline unprocessed document',
	description: 'Decline an unprocessed document that waits for approval, such as a scan that nobody can read',
	approved: false,
});

export const unprocessedDocument: Resource = {
	name: 'Unprocessed Document',
	value: 'unprocessedDocument',
	operations: [decline, approve],
};

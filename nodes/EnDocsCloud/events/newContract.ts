import { simplifyContract } from '../values/simplify';
import { contractsAfter } from '../wire/lists';
import { newDocument } from './documents';

export const newContract = newDocument(
	{
		name: 'New Contract',
		value: 'newContract',
		action: 'On new contract',
		description: 'When a contract (договор) is new in EnDocs Cloud',
		simplify: simplifyContract,
	},
	contractsAfter,
);

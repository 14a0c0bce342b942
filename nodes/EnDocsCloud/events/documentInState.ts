import type { PollEvent } from '../../shared/trigger/event';
import { documentKindId, documentTypeFields, shelfOf, stateFields } from '../editor/choices';
import { simplifyDocument } from '../values/simplify';
import { documentsIn } from '../wire/lists';
import { idOf, watchList } from './documents';

export const documentInState: PollEvent = {
	name: 'Document in State',
	value: 'documentInState',
	action: 'On document in state',
	description: 'When a document (документ) of a type and kind has come into a state',
	fields: [...documentTypeFields, documentKindId, ...stateFields],
	simplify: simplifyDocument,
	idOf,
	watched: (call) => Object.values(shelfOf(call)),
	watch: (call) => watchList(call, documentsIn(shelfOf(call)), true),
};

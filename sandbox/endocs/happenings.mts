import type { Happening } from '../service.mts';
import type { Doc } from './model.mts';
import type { State } from './state.mts';

const INCOMING_INVOICE = 14;
const APPROVED = 'Согласовано';
const NEW = 'Новый';

export function happenings(state: State): Record<string, Happening> {
	return {
		invoice: { label: 'New invoice', run: () => told(state.addOne('invoice')) },
		contract: { label: 'New contract', run: () => told(state.addOne('contract')) },
		lateContract: { label: 'New contract, with a smaller ID than the last one', run: () => told(state.addLate('contract')) },
		approve: { label: 'An invoice is approved', run: ({ id }) => move(state, id, APPROVED) },
		reopen: { label: 'An invoice is new again', run: ({ id }) => move(state, id, NEW) },
	};
}

function move(state: State, id: string | undefined, to: string): object {
	const found = state.ofTypes([INCOMING_INVOICE]).find((document) => (id === undefined ? document.state !== to : String(document.id) === id));
	if (!found) throw new Error('There is no such invoice.');
	found.state = to;
	return told(found);
}

function told({ id, state, fields }: Doc): object {
	return { id, state, docNumber: fields.docNumber };
}

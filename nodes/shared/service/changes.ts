import type { Failure } from '../answer/failure';
import { doneInPart, mayBeDone, type Outcome } from '../answer/outcome';

/** Keeps account of the requests with which one item changes something: what has left, and what of it is sure to be done or refused. */
export class Changes {
	/** Requests that have left, and of which nobody has said yes or no. */
	private unknown = 0;
	private done = 0;
	private endedWithNo = false;

	/** A request is about to leave: until `became`, nobody knows its fate. */
	leave(): void {
		this.unknown++;
	}

	/** What the request that had left came to. */
	became(outcome: Outcome): void {
		if (outcome.type !== 'ok' && outcome.fate === 'unknown') return;
		this.unknown--;
		this.endedWithNo = outcome.type !== 'ok';
		if (outcome.type === 'ok') this.done++;
	}

	/** The failure that the item comes to, with what became of its changes unless that is told already. */
	tell(failure: Failure, service: string): Failure {
		if (failure.fate || (this.unknown === 0 && this.done === 0)) return failure;
		const parts = failure.parts?.map((part) => ({ ...part, failure: this.tell(part.failure, service) }));
		const whole = parts ? { ...failure, parts } : failure;
		// After a yes, what failed is what was to be made of the answer.
		const isUnsure = this.unknown > 0 || !this.endedWithNo;
		const unsure = isUnsure ? mayBeDone(whole, service) : whole;
		return this.done > 0 && (this.unknown > 0 || this.endedWithNo) ? doneInPart(unsure, service) : unsure;
	}
}

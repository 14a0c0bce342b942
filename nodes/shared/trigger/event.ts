import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Call } from '../operation/call';
import type { Client } from '../service/client';
import type { Service } from '../service/service';

/** What may happen to a record. */
export type Kind = 'created' | 'changed' | 'removed';

/** Something that happened to a record. */
export interface Change {
	readonly kind: Kind;
	/** As the service sent it; of a removed one, what is still known. */
	readonly record: IDataObject;
	/** What the strategy has to say beside it, such as how many it could not see. */
	readonly more?: IDataObject;
}

/** What one look at the service has brought. */
export interface Step {
	/** What to remember until the next look: plain JSON. */
	readonly state: IDataObject;
	/** What happened since the last look, oldest first. */
	readonly changes: readonly Change[];
}

/** A strategy at work: how changes are found by looking again and again. */
export interface Watch {
	/**
	 * Looks once. Writes nothing, so that a look that fails can be taken again, and comes to the same from a state that is older.
	 * @param state what the last look gave to remember; nothing at first sight, when everything counts as known
	 * @param most how many changes to give at most; the rest comes with the next look
	 */
	readonly next: (state: unknown, most: number) => Promise<Step>;
	/** The newest record, as a sample; nothing when there is none. */
	readonly sample: () => Promise<Change | undefined>;
}

interface EventText {
	/** Title Case: `Run Failed`. */
	readonly name: string;
	/** Permanent: it stands in saved workflows. */
	readonly value: string;
	/** As n8n's list of nodes shows it: `On run failed`. */
	readonly action: string;
	readonly description: string;
	readonly fields: readonly INodeProperties[];
	/** What stands in the collection 'Options', beside what the kit puts there. */
	readonly options?: readonly INodeProperties[];
	/** Makes a record flat and short; without it the event has no 'Simplify'. */
	readonly simplify?: (record: IDataObject) => IDataObject;
	/** The fields by which a record can be found again: all that comes out with 'Only IDs'. */
	readonly idOf: (record: IDataObject, call: Call) => IDataObject;
	/** Whether changes of several kinds come out, which are then told apart by a field `event`. */
	readonly combines?: true;
}

/** An event that is found by polling. */
export interface PollEvent extends EventText {
	/** What is watched, checked. With other values everything begins anew, silently. @throws FailureError `invalid input` */
	readonly watched: (call: Call) => readonly unknown[] | Promise<readonly unknown[]>;
	readonly watch: (call: Call) => Watch;
	/** Adds to a record what has to be asked for. */
	readonly extend?: (call: Call, record: IDataObject) => Promise<IDataObject>;
}

/** An event that the service calls n8n for. */
export interface WebhookEvent extends EventText {
	/** What the service calls the event, or the several that make it up. */
	readonly kinds: readonly string[];
}

/** A trigger: a service and what can happen there. */
export interface Trigger<Event extends EventText = EventText> {
	readonly service: Service;
	readonly events: readonly [Event, ...Event[]];
	/** Tells accounts apart without their secrets, so that a renewed key changes nothing. */
	readonly account: (client: Client) => readonly unknown[];
}

export type PollTrigger = Trigger<PollEvent>;

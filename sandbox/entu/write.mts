import { effect } from '../journal.mts';
import { entityOf, userOf, type Context } from './context.mts';
import { countedValue } from './counters.mts';
import { additions } from './defaults.mts';
import { EntuError } from './errors.mts';
import { objectIdOf } from './ids.mts';
import { hashOf, newApiKey } from './keys.mts';
import { CREDENTIALS, isLive, OWNER_PROPERTIES, RIGHT_PROPERTIES, SERVER_ONLY, textOf, without, type Entity, type Fields, type Value } from './model.mts';
import { hasRight } from './rights.mts';
import { checkInput, givenFields, isOwnersAffair, readInputs, storedFields, type Input } from './values.mts';

export interface WriteAnswer {
	readonly _id: string;
	readonly properties: ReadonlyArray<Fields>;
}

/** `POST /{db}/entity` (§5.4). */
export function createEntity(context: Context, body: unknown): WriteAnswer {
	userOf(context);
	const answer = create(context, readInputs(body, context.database.generation));
	effect(context.req, 'entity.create', answer._id);
	return answer;
}

function create(context: Context, inputs: readonly Input[]): WriteAnswer {
	const { database } = context;
	const user = userOf(context);
	if (!inputs.some(({ type }) => type === '_type')) throw new EntuError(400, 'Property _type is required');
	checkInputs(context, inputs);
	const typeId = inputs.find(({ type, reference }) => type === '_type' && reference)?.reference;
	const added = additions(database, typeId === undefined ? undefined : String(typeId), inputs);
	const id = database.create();
	const created: Input = { type: '_created', reference: user, datetime: database.now() };
	return store(context, id, [...inputs, ...added, { type: '_owner', reference: user }, created]);
}

/** `POST /{db}/entity/{_id}` (§5.5). */
export function addValues(context: Context, id: string, body: unknown): WriteAnswer {
	const { database, req, caller } = context;
	userOf(context);
	if (!Array.isArray(body)) throw new EntuError(400, 'Data must be array');
	const wanted = objectIdOf(id, database.generation);
	const inputs = readInputs(withEmail(database.get(wanted), body as Input[]), database.generation);
	const entity = entityOf(context, id);
	const { private: view } = entity;
	if (!hasRight(view, caller, '_editor')) throw new EntuError(403, 'User not in _owner nor _editor property');
	const isOwner = hasRight(view, caller, '_owner');
	if (inputs.some(isOwnersAffair) && !isOwner) throw new EntuError(403, 'User not in _owner property');
	const isItself = entity.id === caller.user;
	if (inputs.some(({ type }) => CREDENTIALS.has(type)) && !isOwner && !isItself) throw new EntuError(403, 'User not in _owner property');
	checkInputs(context, inputs);
	const answer = store(context, entity.id, inputs, (replaces, valueId) => effect(req, replaces ? 'property.replace' : 'property.add', valueId));
	effect(req, 'entity.update', entity.id);
	return answer;
}

/** An invitation goes to the person's e-mail address. The sandbox sends none. */
function withEmail(entity: Entity | undefined, inputs: readonly Input[]): Input[] {
	const isInvitation = ({ type, string }: Input) => type === 'entu_user' && string === 'send-invite';
	if (!inputs.some(isInvitation)) return [...inputs];
	const email = textOf(entity?.private, 'email');
	if (!email) throw new EntuError(400, 'No email');
	return inputs.map((input) => (isInvitation(input) ? { ...input, email } : input));
}

/** Forms first, then what system properties refer to; a parent must let the caller add children. */
function checkInputs({ database, caller }: Context, inputs: readonly Input[]): void {
	const isChecked = ({ type, reference }: Input) => Boolean(reference) && (RIGHT_PROPERTIES.has(type) || type === '_type');
	for (const input of inputs) if (isChecked(input)) objectIdOf(input.reference, database.generation);
	for (const input of inputs) {
		checkInput(input);
		const { type, reference } = input;
		if (!reference || (type !== '_parent' && !isChecked(input))) continue;
		const target = database.get(objectIdOf(reference, database.generation));
		if (!target) throw new EntuError(400, `Entity in ${type} property not found`);
		if (type === '_parent' && !hasRight(target.private, caller, '_expander')) {
			throw new EntuError(400, 'User not in parent _owner, _editor nor _expander property');
		}
	}
}

/**
 * Stores values one by one, so that those before a failure stay: they show up at the next computation (§5.5).
 * `stored` is told of each one.
 */
function store(context: Context, id: string, inputs: readonly Input[], stored?: (replaces: boolean, valueId: string) => void): WriteAnswer {
	const { database } = context;
	const user = userOf(context);
	const at = database.now();
	const added: Value[] = [];
	const replaced = new Set<string>();
	const properties = inputs.map((input) => {
		if (input._id) replaced.add(objectIdOf(input._id, database.generation));
		const { shown, value } = newValue(context, input, at);
		database.insert(id, value);
		added.push(value);
		stored?.(Boolean(input._id), value.id);
		return { _id: value.id, type: value.type, ...shown, ...uploadOf(context, id, value.id, shown) };
	});
	if (replaced.size > 0) database.markDeleted(id, (value) => replaced.has(value.id), user);
	replaceOtherRights(context, id, added);
	database.aggregate(id);
	return { _id: id, properties };
}

function newValue(context: Context, input: Input, at: number): { shown: Fields; value: Value } {
	const { database, state } = context;
	const { type } = input;
	let fields = givenFields(input);
	if (fields.reference) fields.reference = objectIdOf(fields.reference, database.generation);
	if (fields.counter) fields = { ...without(fields, 'counter'), ...countedValue(input, () => database.highest(type)?.data) };
	const id = database.newId();
	const kept = (shown: Fields, data: Fields) => ({ shown, value: { id, type, data: storedFields(data), at, by: userOf(context) } });
	if (type === 'entu_user' && fields.string) {
		const invite = state.room.issue(newApiKey());
		return kept({ ...without(fields, 'string'), invite }, { ...without(fields, 'string'), invite });
	}
	if (type === 'entu_api_key') {
		const key = state.room.issue(newApiKey());
		return kept({ ...fields, string: key }, { ...fields, string: hashOf(key) });
	}
	return kept(fields, fields);
}

function uploadOf({ state, database }: Context, entityId: string, valueId: string, { filename, filesize, filetype }: Fields): Fields {
	if (!filename || !filesize || !filetype) return {};
	return { upload: state.files.offerUpload(database.name, entityId, valueId, { filename, filesize, filetype }) };
}

/** A person holds one right: a new one replaces all earlier ones. Several of one request stay (§4.4). */
function replaceOtherRights(context: Context, id: string, added: readonly Value[]): void {
	const rights = added.filter(({ type, data }) => RIGHT_PROPERTIES.has(type) && data.reference);
	if (rights.length === 0) return;
	const persons = new Set(rights.map(({ data }) => data.reference));
	const replaced = (value: Value) => RIGHT_PROPERTIES.has(value.type) && persons.has(value.data.reference) && !rights.some((right) => right.id === value.id);
	context.database.markDeleted(id, replaced, userOf(context));
}

/** `DELETE /{db}/entity/{_id}` (§5.6). */
export function deleteEntity(context: Context, id: string): unknown {
	const { database, req, caller } = context;
	const user = userOf(context);
	const entity = entityOf(context, id);
	if (!hasRight(entity.private, caller, '_owner')) throw new EntuError(403, 'User not in _owner property');
	const at = database.now();
	database.insert(entity.id, { id: database.newId(), type: '_deleted', data: { reference: user, datetime: new Date(at) }, at, by: user });
	database.aggregate(entity.id);
	database.dropReferences(entity.id, user);
	effect(req, 'entity.delete', entity.id);
	return { deleted: true };
}

/** `DELETE /{db}/property/{_id}` (§5.9). Answers the id of the entity it belonged to. */
export function deleteValue(context: Context, id: string): string {
	const { database, req } = context;
	const user = userOf(context);
	const found = database.findValue(objectIdOf(id, database.generation));
	if (!found || !isLive(found.value)) throw new EntuError(404, 'Property not found');
	const { entityId, value } = found;
	checkDeletable(context, entityId, value);
	database.markDeleted(entityId, (one) => one.id === value.id, user);
	database.aggregate(entityId);
	effect(req, 'property.delete', value.id);
	return entityId;
}

function checkDeletable({ database, caller }: Context, entityId: string, { type, data }: Value): void {
	const ownersOnly = OWNER_PROPERTIES.has(type) || type === '_parent';
	if (type === '_type') throw new EntuError(403, "Can't delete _type property");
	if (type.startsWith('_') && !ownersOnly) throw new EntuError(403, "Can't delete system property");
	if (database.generation === 'later' && SERVER_ONLY.has(type)) throw new EntuError(403, `Can't delete server-managed property ${type}`);
	const view = database.get(entityId)?.private;
	if (!view) throw new EntuError(404, `Entity ${entityId} not found`);
	if (!hasRight(view, caller, '_editor')) throw new EntuError(403, 'User not in _owner nor _editor property');
	if (ownersOnly && !hasRight(view, caller, '_owner')) throw new EntuError(403, 'User not in _owner property');
	if (type === '_owner' && (view._owner?.length ?? 0) < 2) throw new EntuError(403, "Can't delete last _owner");
	if (type !== '_parent' || !data.reference) return;
	const parent = database.get(String(data.reference));
	if (!parent) throw new EntuError(400, 'Entity in _parent property not found');
	if (!hasRight(parent.private, caller, '_expander')) throw new EntuError(403, 'User not in parent _owner, _editor nor _expander property');
}

/** `POST /{db}/entity/{_id}/duplicate` (§5.8). */
export function duplicateEntity(context: Context, id: string, body: unknown): WriteAnswer[] {
	const { database, req, caller } = context;
	const { count = 1, ignoredProperties = [] } = body as { count?: number; ignoredProperties?: string[] };
	if (count < 1 || count > 100) throw new EntuError(400, 'Count must be between 1 and 100');
	if (!ignoredProperties.every((name) => typeof name === 'string' && name !== '')) {
		throw new EntuError(400, 'ignoredProperties must be an array of strings');
	}
	userOf(context);
	const entity = entityOf(context, id, 'Entity not found');
	if (!hasRight(entity.private, caller, '_owner')) throw new EntuError(403, 'User must be owner to duplicate entity');
	const left: ReadonlySet<string> = new Set([...ignoredProperties, '_created', ...CREDENTIALS, ...(database.generation === 'later' ? SERVER_ONLY : [])]);
	const copied = database.valuesOf(entity.id).filter((value) => isLive(value) && !left.has(value.type) && value.data.filename === undefined);
	const inputs = copied.map(({ type, data }): Input => ({ ...data, type }));
	const answers: WriteAnswer[] = [];
	for (let copy = 0; copy < count; copy += 1) {
		const answer = create(context, readInputs(inputs, database.generation));
		effect(req, 'entity.create', answer._id);
		answers.push(answer);
	}
	return answers;
}

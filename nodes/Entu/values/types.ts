import { refuse } from '../../shared/answer/failure';
import type { Call } from '../../shared/operation/call';
import type { Client } from '../../shared/service/client';
import { loadTypes } from './definitions';
import { requiredId, toId } from './ids';

/** How the locator of a type is filled in with a name. */
export const BY_NAME = 'name';

/**
 * The ID of the chosen entity type; the names are not asked for again for a while.
 * @throws FailureError `invalid input`
 */
export async function requiredType(call: Call): Promise<string> {
	if (call.modeOf('typeId') !== BY_NAME) return requiredId(call, 'typeId');
	const name = call.requiredText('typeId');
	const types = await call.lately('types', async () => await loadTypes(call.client));
	const found = types.filter((type) => type.name === name.normalize('NFC'));
	if (found.length === 1 && found[0]) return found[0].id;
	if (found.length > 1) return refuse(call.label('typeId'), `${found.length} entity types are called "${name}"`, 'Pick one from the list, or give its ID');
	const known = types.map((type) => type.name).join(', ');
	return refuse(call.label('typeId'), `No entity type that can be seen is called "${name}"`, known ? `Use one of: ${known}` : 'Check the rights of the API key');
}

/** The same where the parameter may stay empty. */
export async function optionalType(call: Call): Promise<string | undefined> {
	return call.text('typeId') === '' ? undefined : await requiredType(call);
}

/** The ID of the type that stands in the editor, by ID, link or name; nothing where there is none (yet). */
export async function typeIn(client: Client, text: string): Promise<string | undefined> {
	const id = toId(text);
	if (id !== undefined || text.trim() === '' || /^https?:/.test(text)) return id;
	return (await loadTypes(client)).find(({ name }) => name === text.trim().normalize('NFC'))?.id;
}

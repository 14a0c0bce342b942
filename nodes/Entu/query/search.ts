import { refuse } from '../../shared/answer/failure';

/** The index splits texts here too, the query only at blanks: a word with one of these is never found (entu.md §5.2, trap 13). */
const SEPARATORS = /[\s,;]+/g;

/**
 * Words to search for, as the server finds them.
 * @param parameter display name of the field
 * @throws FailureError `invalid input` when there is no word in it, with which everything would be found
 */
export function searchWords(parameter: string, text: string): string {
	const words = text.normalize('NFC').replace(SEPARATORS, ' ').trim();
	if (words === '' && text !== '') refuse(parameter, `"${text}" holds no word to search for`, 'Enter a word, or leave it out');
	return words;
}

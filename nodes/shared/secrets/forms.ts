/** A text that gives a secret away. */
export interface Form {
	/** In lower case. */
	readonly text: string;
	/** So many of its characters in a row count as the secret, which may have been cut. */
	readonly least: number;
	/** Where what is secret in it begins: the head of a JWT is the same in many, and of no use by itself. */
	readonly from: number;
}

const SHORTEST_SECRET = 4;
/** So many characters of a secret in a row are no chance. */
export const PIECE = 12;
const HEX_PER_CHARACTER = 2;

/** The forms that secrets may have in a text once its escapes are taken off: as entered, and in base64 and hex, alone or together with others. */
export function formsOf(secrets: readonly string[]): Form[] {
	const entered = [...new Set(secrets)].filter((secret) => secret.trim().length >= SHORTEST_SECRET);
	// What is sent as `user:password` in base64 shows too little of a short one by itself.
	const short = entered.map((secret) => secret.trim()).filter((secret) => secret.length < PIECE);
	const pairs = short.flatMap((key) => entered.map((user) => `${user.trim()}:${key}`));
	const forms = [...entered.flatMap(writtenForms), ...entered.flatMap(encodedForms), ...pairs.flatMap(wholeBase64)];
	return [...new Map(forms.filter(({ text }) => text.length >= SHORTEST_SECRET).map((form) => [form.text, form])).values()];
}

function writtenForms(entered: string): Form[] {
	const secret = entered.trim();
	const from = secret.length - essenceOf(secret).length;
	// Of an e-mail address, a part may be a name that stands anywhere.
	const least = ADDRESS.test(secret) ? secret.length : Math.min(PIECE, secret.length);
	// In a query, a space is a plus; bytes that were taken off `%C3%A4` stand for characters by themselves.
	const texts = [secret, secret.replaceAll(' ', '+'), Buffer.from(secret).toString('latin1')];
	return [...new Set(texts)].map((text) => ({ text: text.toLowerCase(), least, from }));
}

function encodedForms(entered: string): Form[] {
	const secret = entered.trim();
	// White space around it is no secret, but changes what base64 makes of it.
	if (secret.length < PIECE || ADDRESS.test(secret)) return [secret, entered].flatMap(wholeBase64);
	const essence = essenceOf(secret);
	const hex = Buffer.from(essence).toString('hex');
	return [
		...wholeBase64(essence),
		...[1, 2].flatMap((offset) => base64Form(insideBase64(essence, offset))),
		{ text: hex, least: Math.min(PIECE * HEX_PER_CHARACTER, hex.length), from: 0 },
	];
}

function wholeBase64(text: string): Form[] {
	return base64Form(Buffer.from(text).toString('base64'));
}

function base64Form(encoded: string): Form[] {
	const unpadded = encoded.replace(/=+$/, '');
	const texts = [encoded, unpadded, unpadded.replaceAll('+', '-').replaceAll('/', '_')];
	return [...new Set(texts)].map((text) => ({ text: text.toLowerCase(), least: Math.min(PIECE, text.length), from: 0 }));
}

/** What base64 makes of a text that follows `offset` bytes of something else, without the characters at both ends that its neighbours have a part in. */
function insideBase64(text: string, offset: number): string {
	const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(text)]);
	return bytes.toString('base64').slice(Math.ceil((offset * 8) / 6), Math.floor((bytes.length * 8) / 6));
}

/** Of a JWT, its signature. */
function essenceOf(secret: string): string {
	return /^eyJ[\w-]+\.[\w-]+\.([\w-]+)$/.exec(secret)?.[1] ?? secret;
}

const ADDRESS = /^[^\s@]+@[^\s@]+\.[a-z]{2,}$/i;

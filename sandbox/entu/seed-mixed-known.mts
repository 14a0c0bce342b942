import { objectId } from './model.mts';
import { SEED_START } from './seed-known.mts';

/** API key of Ada Admin in `mixdb`, where she owns everything. */
export const mixedOwnerKey = 'Entu-Mixed-Owner!2026@sandbox#03';
/** API key of Paul Plain in `mixdb`. */
export const mixedUserKey = 'Entu-Mixed-Plain!2026@sandbox#04';

const id = (number: number) => objectId(SEED_START, '0000000001', number);

/** Ids of `mixdb` beside those of the basic types and persons, which are the same in every database. */
export const mixed = {
	database: 'mixdb',
	typeShelf: id(0x01),
	typeItem: id(0x02),
	typeBox: id(0x03),
	typeCalc: id(0x04),
	/** Its reference has a default that is none: creating one fails unless the value is given. */
	typeBroken: id(0x05),
	typeShareIn: id(0x06),
	/** Both are default parents of items; the second one passes its sharing and rights on. */
	shelf: id(0x10),
	secondShelf: id(0x11),
	/** Shared with everybody, with the database, with nobody. */
	publicItem: id(0x20),
	domainItem: id(0x21),
	privateItem: id(0x22),
	/** Paul Plain is shut out, but what is shared stays readable. */
	barredItem: id(0x23),
	/** A box in `secondShelf`, and a box in that box: rights go down two levels. */
	box: id(0x24),
	innerBox: id(0x25),
	/** Ada Admin is its owner twice. */
	ownedTwice: id(0x26),
	/** Values of other kinds than their definitions say, and some that no definition knows. */
	loose: id(0x27),
	/** Refers to what isn't there and to what has no name. */
	dangling: id(0x28),
	nameless: id(0x29),
	/** Comes from another database; later servers only. */
	mirror: id(0x2a),
	shareIn: id(0x2b),
	calc: id(0x30),
	emptyCalc: id(0x31),
	/** Names with blanks at their ends, emoji, commas, slashes. */
	names: ['🦊 Fox', ' leading', 'trailing ', 'two  blanks', 'Tamm, Mari; jr', 'either/or', "it's \"quoted\" 100 %", 'Õun', 'a'.repeat(300)],
	nameIds: Array.from({ length: 9 }, (_, at) => id(0x40 + at)),
	itemIds: Array.from({ length: 240 }, (_, at) => id(0x100 + at)),
} as const;

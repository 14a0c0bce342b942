import { objectId } from './model.mts';

/** API key of Ada Admin, who owns everything. Opens `labdb` and `emptydb`. */
export const ownerKey = 'Entu-Owner-Key!2026@sandbox#0001';
/** API key of Paul Plain, an ordinary user of `labdb`. */
export const userKey = 'Entu-Plain-Key!2026@sandbox#0002';

/** Seconds since 1970 of the first seeded entity (January 2024). */
export const SEED_START = 0x65a00000;

const id = (number: number) => objectId(SEED_START, '0000000000', number);

/** Ids that tests, demo and benchmarks may rely on. */
export const known = {
	database: 'labdb',
	emptyDatabase: 'emptydb',
	/** Ada Admin, holder of `ownerKey`. */
	owner: id(0x02),
	/** Paul Plain, holder of `userKey`. */
	user: id(0x03),
	/** A person without a key. */
	person: id(0x04),
	typeDatabase: id(0x2f),
	typeEntity: id(0x30),
	typeProperty: id(0x31),
	typePerson: id(0x32),
	typeBook: id(0x33),
	typeAuthor: id(0x34),
	typeFolder: id(0x35),
	typePlugin: id(0x36),
	typeMenu: id(0x37),
	typeLending: id(0x39),
	/** "Shelf A"; Paul Plain may add children here. */
	folder: id(0xb1),
	/** "Shelf B"; Paul Plain may only look. */
	closedFolder: id(0xb2),
	/** J. R. R. Tolkien */
	author: id(0xb8),
	/** "The Hobbit", shared with the database, every property filled. */
	book: id(0xc1),
	privateEntity: id(0xc2),
	domainEntity: id(0xc3),
	publicEntity: id(0xc4),
	/** Paul Plain is its editor. */
	editableEntity: id(0xc5),
	/** Takes the rights of `folder`. */
	inheritingEntity: id(0xc6),
	bookWithPhoto: id(0xc7),
	/** The value of its `photo`. */
	photoValue: id(0xd7),
	/** Holds a file of 200 MB that is made while it is read. */
	bookWithLargeFile: id(0xc8),
	largeFileValue: id(0xd8),
	largeFileSize: 200 * 1024 * 1024,
	lending: id(0xca),
	/** The values of three `tags` of `domainEntity`. */
	tagValues: [id(0xe1), id(0xe2), id(0xe3)],
	/** Three values that are files. */
	fileValues: [id(0xd7), id(0xd8), id(0xd9)],
} as const;

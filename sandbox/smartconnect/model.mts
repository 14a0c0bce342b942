export type Row = Record<string, string>;

export interface User {
	email: string;
	password: string;
	/** The security option that lets a user log in (vendors/smartconnect.md §2.1). */
	active: boolean;
	companies: string[];
}

export interface Company {
	id: string;
	name: string;
	subscriptionExpiry: string | null;
}

export interface Process {
	key: string;
	company: string;
	mapId: string;
	description: string;
	columns: string[];
	/** Key columns: a row without a value there is rejected (assumed, §6). */
	required: string[];
	mapped: string[];
	rows: Row[];
	rootName: string;
	rowName: string;
	realTime: boolean;
	storesErrors: boolean;
	/** Whether each run leaves a file. */
	isOutput: boolean;
	connection: string;
	dataSource: string;
	/** Global variables that filter the source. */
	variables: Array<{ name: string; column: string }>;
}

export interface Rejected {
	row: Row;
	message: string;
}

export interface RunRecord {
	runNumber: number;
	runDate: string;
	recordCount: number;
	rejected: Rejected[];
}

export interface OutputFile {
	outputId: string;
	processId: string;
	runNumber: number;
	created: string;
	description: string;
	fileName: string;
	content: string;
}

/** Invented data of the SmartConnect.com service, with the credentials and ids that tests and examples rely on. */
import type { Company, Process, RunRecord, User } from './model.mts';

const id = (part: string) => `7d0b7c1e-0000-4000-8000-${part.padStart(12, '0')}`;

export const known = {
	companyA: id('c1'),
	companyB: id('c2'),
	/** Reads rows of customers; `No` is its key. Keeps rejected rows, has 12 past runs. */
	customers: id('a1'),
	/** Has no key column and stores no rejected rows. */
	invoices: id('a2'),
	/** Reads stock levels; column names with spaces, marks and a number in front. */
	stock: id('a3'),
	/** Writes an output file on every run. */
	priceList: id('a4'),
	/** Empty: no rows, no history, no outputs. */
	empty: id('a5'),
	/** Real-time: not listed, its data can't be read. */
	realTime: id('a6'),
	/** 100,000 rows are added by `seed('row', n)`. */
	bulk: id('a7'),
	/** Of company B. */
	foreign: id('b1'),
	missing: id('ff'),
	connectionCrm: id('d1'),
	connectionShop: id('d2'),
	connectionUnused: id('d3'),
	sourceErp: id('e1'),
	sourceFile: id('e2'),
	sourceUnused: id('e3'),
	/** Files of past runs of the price list. */
	outputs: [id('f1'), id('f2'), id('f3')],
	noId: '00000000-0000-0000-0000-000000000000',
} as const;

/** A password with all that goes wrong when it is not encoded. */
export const consultant = { email: 'Consultant+n8n@example.test', password: 'p@ss+word/ä =1' } as const;
/** Has the security option Active switched off. */
export const inactive = { email: 'inactive@example.test', password: 'inactive-1' } as const;
/** Of company B only. */
export const other = { email: 'other@example.test', password: 'other-pass-2' } as const;
export const restClient = { clientId: 'web-api-client', clientSecret: 'web-api-secret-9' } as const;

export const users: readonly User[] = [
	{ ...consultant, active: true, companies: [known.companyA, known.companyB] },
	{ ...inactive, active: false, companies: [known.companyA] },
	{ ...other, active: true, companies: [known.companyB] },
];

export const companies: readonly Company[] = [
	{ id: known.companyA, name: 'Larkfield Supplies', subscriptionExpiry: null },
	{ id: known.companyB, name: 'Harbour & Pine', subscriptionExpiry: null },
];

export const connections = [
	{ company: known.companyA, Id: known.connectionCrm, Description: 'CRM', ConnectionType: 'Example.Connector.Crm' },
	{ company: known.companyA, Id: known.connectionShop, Description: 'Web shop', ConnectionType: 'Example.Connector.Rest' },
	{ company: known.companyA, Id: known.connectionUnused, Description: 'Old ledger', ConnectionType: 'Example.Connector.Odbc' },
	{ company: known.companyB, Id: id('d9'), Description: 'Ledger', ConnectionType: 'Example.Connector.Odbc' },
];

export const dataSources = [
	{ company: known.companyA, Id: known.sourceErp, Description: 'ERP query', ConnectionId: known.connectionCrm, Company: 'LARK', Type: 'Example.Source.Sql' },
	{ company: known.companyA, Id: known.sourceFile, Description: 'Daily file', ConnectionId: known.noId, Company: '', Type: 'Example.Source.File' },
	{ company: known.companyA, Id: known.sourceUnused, Description: 'Unused', ConnectionId: known.noId, Company: '', Type: 'Example.Source.File' },
	{ company: known.companyB, Id: id('e9'), Description: 'Journal', ConnectionId: known.noId, Company: '', Type: 'Example.Source.File' },
];

const names = ['Northwind', 'Ada & Sons', 'Müller <Söhne>', 'Tõnu "T" Kask', 'O’Neill', 'Fargo & Co'];
const customerRows = Array.from({ length: 12 }, (_, i) => ({
	No: `A-${i + 1}`,
	Name: names[i % names.length] ?? '',
	Email: `customer${i + 1}@example.test`,
	City: i % 2 === 0 ? 'Fargo' : 'Tartu',
}));
const stockRows = [
	{ 'Item No': '1000', '2nd Unit': 'box', 'Price (€)': '12.50', Note: 'first\nsecond' },
	{ 'Item No': '1001', '2nd Unit': 'bag', 'Price (€)': '3.99', Note: ']]> ends & begins' },
	{ 'Item No': '1002', '2nd Unit': '', 'Price (€)': '0', Note: '' },
];

const process = (given: Partial<Process> & Pick<Process, 'key' | 'mapId' | 'description'>): Process => ({
	company: known.companyA,
	columns: ['No', 'Name', 'Amount'],
	required: [],
	mapped: [],
	rows: [],
	rootName: 'MyDataSet',
	rowName: 'Table01',
	realTime: false,
	storesErrors: true,
	isOutput: false,
	connection: known.connectionCrm,
	dataSource: known.sourceErp,
	variables: [],
	...given,
});

export function seedProcesses(): Process[] {
	return [
		process({
			key: known.customers,
			mapId: 'CUSTOMERS',
			description: 'Customers to CRM',
			columns: ['No', 'Name', 'Email', 'City'],
			required: ['No'],
			mapped: ['No', 'Name', 'Email'],
			rows: customerRows,
			variables: [{ name: 'GBL_CITY', column: 'City' }],
		}),
		process({ key: known.invoices, mapId: 'INVOICES TO BC', description: 'Post supplier invoices', rows: [{ No: '1', Name: 'Paper', Amount: '12' }], storesErrors: false }),
		process({
			key: known.stock,
			mapId: 'STOCK TO SHOP',
			description: 'Nightly stock levels',
			columns: ['Item No', '2nd Unit', 'Price (€)', 'Note'],
			required: ['Item No'],
			rows: stockRows,
			rootName: 'DocumentElement',
			rowName: 'Stock_x0020_Level',
			connection: known.connectionShop,
			dataSource: known.sourceFile,
		}),
		process({ key: known.priceList, mapId: 'PRICE LIST', description: 'Price list as a file', isOutput: true, connection: known.connectionShop, rows: [{ No: '7', Name: 'Pen', Amount: '2' }] }),
		process({ key: known.empty, mapId: 'EMPTY', description: 'Nothing to do yet', connection: known.connectionShop, dataSource: known.sourceFile }),
		process({ key: known.realTime, mapId: 'LIVE ORDERS', description: 'Orders in real time', realTime: true }),
		process({ key: known.bulk, mapId: 'BULK', description: 'A large table', columns: ['No', 'Name', 'Email', 'City'], dataSource: known.sourceFile }),
		process({ key: known.foreign, company: known.companyB, mapId: 'JOURNAL', description: 'Journal entries', connection: id('d9'), dataSource: id('e9') }),
	];
}

/** Past runs by process: the customers have more than the history shows. */
export function seedRuns(): Map<string, RunRecord[]> {
	const run = (runNumber: number, errorCount = 0, runDate = `2026-11-${String(runNumber).padStart(2, '0')}T02:00:00`): RunRecord => ({
		runNumber,
		runDate,
		recordCount: 12,
		rejected: customerRows.slice(0, errorCount).map((row) => ({ row, message: 'Duplicate found.\r\n' })),
	});
	return new Map([
		[known.customers, Array.from({ length: 12 }, (_, i) => run(i + 1, i % 4 === 3 ? 3 : 0))],
		[known.stock, [run(1), run(2, 2), run(3)]],
		[known.priceList, [run(1), run(2), run(3)]],
	]);
}

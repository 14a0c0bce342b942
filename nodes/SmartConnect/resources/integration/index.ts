import type { Resource } from '../../../shared/operation/operation';
import { getAll } from './getAll';
import { getByConnection } from './getByConnection';
import { getByDataSource } from './getByDataSource';
import { getColumns } from './getColumns';
import { getSourceData } from './getSourceData';
import { run } from './run';
import { runWithData } from './runWithData';

export const integration: Resource = {
	name: 'Integration',
	value: 'integration',
	operations: [run, runWithData, getAll, getByConnection, getByDataSource, getColumns, getSourceData],
	opensWith: [
		{ versions: [1.1], operation: 'getAll' },
		{ versions: [1], operation: 'run' },
	],
};

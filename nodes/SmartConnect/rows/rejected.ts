import type { IDataObject } from 'n8n-workflow';

import { isRecord, recordsIn } from '../../shared/guards';

/** The rejected rows of a run, each with the target that rejected it; a column of the row wins over what is added to it. */
export function rejectedRowsIn({ runTenants }: IDataObject): IDataObject[] {
	return recordsIn(runTenants).flatMap(({ tenantServer, tenantTechnical, errorData }) => {
		const rows = isRecord(errorData) ? recordsIn(errorData.dataRows) : [];
		return rows.map((row) => ({ tenantServer, tenantTechnical, ...row }));
	});
}

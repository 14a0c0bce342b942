/** How this service behaves where its documentation is silent: every assumption can be switched (vendors/endocs.md §2.2, §6). */
export interface EndocsSettings {
	/** How the token must come: after the word "Bearer", alone in `Authorization`, or alone in the header `headerName`. */
	tokenIn: 'bearer' | 'plain' | 'header';
	headerName: string;
	/** What a missing or unknown token is answered with: the introduction and the endpoint pages of the documentation differ. */
	tokenErrors: 'introduction' | 'endpointPages';
	/** Path part that all routes are under, such as `api/v1`; then there is nothing at the root. */
	pathPrefix: string;
	/** Whether addresses with `(2)` or `(3)` behind them exist. */
	brackets: boolean;
	errorForm: 'object' | 'text' | 'jsonString' | 'nested' | 'problem' | 'other' | 'empty' | 'status200';
	listForm: 'keyed' | 'nullValue' | 'emptyValue' | 'missingValue' | 'plain' | 'emptyBody';
	listOrder: 'ascending' | 'descending';
	/** Most documents in an answer; `null` for no limit. */
	listCap: number | null;
	ignoreCursor: boolean;
	/** A contract with a small id enters the list only after newer ones were read. */
	lateArrival: boolean;
	/** A document with an `Ext_ID` leaves the lists of new documents. */
	hideWritten: boolean;
	/** The DocId of `GetMetaByTypeAndState` is the one document that is wanted, not the last one loaded. */
	literalDocId: boolean;
	/** Whether the kind 0 of `GetMetaByTypeAndState` stands for all kinds. */
	kindZero: 'all' | 'none';
	success: 'object' | 'empty' | 'text' | 'created' | 'noContent';
	approvalAnswer: 'empty' | 'text';
	/** What happens to fields that an update leaves out. */
	leftOut: 'kept' | 'blanked';
	/** How many of the next requests fail with 500; -1 for all. */
	databaseFailures: number;
}

export const endocsDefaults: EndocsSettings = {
	tokenIn: 'bearer', // assumed (A1)
	headerName: 'X-Token',
	tokenErrors: 'introduction',
	pathPrefix: '', // assumed (A2)
	brackets: false, // assumed (A3)
	errorForm: 'object',
	listForm: 'keyed',
	listOrder: 'ascending',
	listCap: 20, // assumed: no limit is documented, but one would cost documents if nobody reckoned with it (A9)
	ignoreCursor: false,
	lateArrival: false,
	hideWritten: false,
	literalDocId: false, // assumed (§3.4)
	kindZero: 'all', // assumed (§3.4)
	success: 'object', // assumed (A4)
	approvalAnswer: 'empty',
	leftOut: 'kept', // assumed (A11)
	databaseFailures: 0,
};

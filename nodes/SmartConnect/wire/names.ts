/** As the user knows it. */
export const SERVICE = 'SmartConnect';
/** What a wrong address and an integration of somebody else have in common. */
export const CHECK_ADDRESS =
	'Check the API URL in the credential (in SmartConnect.com: System > API Settings), the ID of the integration, and whether the user may use it';
/** Values of the parameter 'Authentication'. */
export const WEB_SERVICE = 'webService';
export const REST_API = 'restApi';
export const HTML = 'text/html';
/** The only form in which source data comes (smartconnect.md §3.3). */
export const XML = 'application/xml';

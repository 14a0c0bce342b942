/** As the user knows it. */
export const SERVICE = 'SmartConnect';
/** Values of the parameter 'Authentication'. */
export const WEB_SERVICE = 'webService';
export const REST_API = 'restApi';
export const HTML = 'text/html';
/** The only form in which source data comes (smartconnect.md §3.3). */
export const XML = 'application/xml';

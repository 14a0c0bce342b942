/** The methods that an endpoint may take updates by; which one an account takes is not public (accutics.md §3). */
export const updateMethods = [
	{ name: 'PATCH', value: 'PATCH', description: 'Usually changes the given fields and leaves the others' },
	{ name: 'PUT', value: 'PUT', description: 'Usually replaces the entity, so that fields that are not given are lost' },
];

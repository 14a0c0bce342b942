import { apiKey, counts, known } from '../../../sandbox/ento/seed.mts';
import type { NodeSamples, OperationSample } from './sample.mts';

const missing = 'NOBODY';
const byId = (parameter: string, ids: readonly [string, string, string], more = {}): OperationSample => ({
	parameters: { [parameter]: '={{ $json.id }}', ...more },
	items: [{ id: ids[0] }, { id: ids[1] }, { id: ids[2] }],
	bad: { id: missing },
	ids: ['id'],
});
const areas = ['AR10001', 'AR10002', 'AR10003'] as const;
const form = { fieldsMode: 'json', fieldsJson: '={{ JSON.stringify({ name: $json.name ?? "Renamed" }) }}' };
const paged = (pageSize: number) => ({ apiDifferences: JSON.stringify({ paging: { mode: 'page', pageSize } }) });

export const ento: NodeSamples = {
	service: 'ento',
	credentialType: 'entoApi',
	credential: (url) => ({ baseUrl: `${url}/ento`, apiKey, employeesPath: '/staff', shiftsPath: '/shifts' }),
	secrets: [apiKey],
	operations: {
		'employee:getAll': {
			parameters: { filters: { status: '={{ $json.status }}' } },
			items: [{ status: 'active' }, { status: 'inactive' }, { status: 'active' }],
			bad: { status: 'retired' },
			list: {
				total: counts.staff - 4,
				all: { filters: {} },
				idOf: ({ id }) => id,
				pagedBy: paged(10),
				empty: { parameters: { filters: { firstName: 'Nobody' } } },
			},
		},
		'employee:get': byId('employeeId', [known.employee, known.ownId, known.prestart]),
		'shift:getAll': {
			parameters: { dateRange: 'nextDays', days: '={{ $json.days }}' },
			items: [{ days: 3 }, { days: 5 }, { days: 8 }],
			bad: { days: -1 },
			list: {
				total: counts.shifts,
				all: { dateRange: 'custom', startDate: '2000-01-01', endDate: '2100-01-01' },
				idOf: ({ id }) => id,
				pagedBy: paged(50),
				empty: { parameters: { dateRange: 'custom', startDate: '2000-01-01', endDate: '2000-01-31' } },
			},
		},
		'shift:get': byId('shiftId', [known.shift, '88001', '88360']),
		'account:check': { stable: ['setting', 'value', 'evidence'], tells: true },
		'record:getAll': {
			stable: [],
			parameters: { path: '={{ $json.path }}' },
			items: [{ path: '/areas' }, { path: 'roles' }, { path: '/employees/' }],
			bad: { path: '/nowhere' },
			list: { total: counts.shifts, all: { path: '/shifts' }, idOf: ({ id }) => id, pagedBy: paged(50) },
		},
		'record:get': { ...byId('recordId', areas, { path: '/areas' }), stable: [] },
		'record:create': {
			parameters: { path: '={{ $json.path }}', ...form },
			items: [{ path: '/areas', name: 'One' }, { path: '/areas', name: 'Two' }, { path: '/roles', name: 'Three' }],
			bad: { path: '/staff', name: 'Four' },
		},
		'record:update': byId('recordId', areas, { path: '/areas', ...form }),
		'record:delete': byId('recordId', areas, { path: '/areas' }),
		'request:send': {
			parameters: { method: 'POST', path: '={{ $json.path }}', ...form },
			items: [{ path: '/areas/AR10001' }, { path: '/areas' }, { path: '/roles' }],
			bad: { path: '/staff' },
		},
	},
};

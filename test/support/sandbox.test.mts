import { useSandbox } from './sandbox.mts';

const sandbox = useSandbox();

describe.each(['first', 'second'])('the %s test', () => {
	test('finds the sandbox as new, and a journal of what it asks for', async () => {
		expect(await sandbox.control.journal('entu')).toEqual([]);
		expect((await fetch(`${sandbox.url}/entu/`)).status).toBe(200);
		expect(await sandbox.control.journal('entu')).toMatchObject([{ method: 'GET', path: '/', status: 200 }]);
	});
});

import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import type { Checks } from '../checks.mts';
import { itemsOf, runSaved } from '../nodeRun.mts';
import type { Server } from '../server.mts';
import { checkLogIns } from './sessions/logIns.mts';
import { checkRestSessions } from './sessions/rest.mts';
import { subjects, type Interrupted, type Subject, type Work } from './sessions/subjects.mts';
import { assertRenewed, begin } from './sessions/trial.mts';

/** Ends sessions between and in the middle of executions, and looks at what came out, what the service saw and what n8n has stored. */
export async function checkSessions(checks: Checks, server: Server): Promise<void> {
	for (const subject of subjects(server.sandboxUrl)) await checkSubject(checks, server, subject);
	await checkRestSessions(checks, server);
	await checkLogIns(checks, server);
	await server.control.reset();
}

async function checkSubject(checks: Checks, server: Server, subject: Subject): Promise<void> {
	const { control } = server;
	const { service, reads, pages, writes } = subject;
	const end = async () => await control.expireSessions(service);
	const endWithin = ({ endsAfter: { skip, ...which }, provenMs = 0 }: Interrupted) => async () => {
		await setTimeout(provenMs);
		await control.fault({ service, skip, ...which, fault: { type: 'sessionsEnd' } });
	};
	const trials: Array<[string, Work, () => Promise<void>, number?]> = [
		['between two executions', reads, end],
		['before two executions at the same time', reads, end, 2],
		[`among ${reads.items.length} reads in flight`, reads, endWithin(reads)],
		...(pages ? [['among the pages of a list', pages, endWithin(pages)] as [string, Work, () => Promise<void>]] : []),
		[`among ${writes.items.length} writes`, writes, endWithin(writes)],
	];
	for (const [when, work, endSessions, executions = 1] of trials) {
		await checks.check(`${subject.name}: ${when}`, async () => {
			const trial = await begin(server, subject, work);
			await endSessions();
			const done = await Promise.all(Array.from({ length: executions }, async () => await runSaved(server.api, trial.workflow)));
			for (const fault of await control.faults()) assert.equal(fault.fired, 1, 'The session did not end in the middle of the execution.');
			const { requests, maxInFlight } = await control.summary(service);
			await assertRenewed(server, subject, trial, done);
			const given = done.map((execution) => itemsOf(execution).length);
			checks.figure(`${subject.name}: ${when}`, `1 log-in, ${requests} requests (up to ${maxInFlight} at once), ${given.join(' + ')} items given out`);
		});
	}
}

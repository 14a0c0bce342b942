import type { Running } from './running.mts';

/** A page for people: a button for everything that can be made to happen, to see a workflow start by itself. */
export function controlPage(running: ReadonlyMap<string, Running>): string {
	const sections = [...running].map(([name, { service }]) => section(name, Object.entries(service.happenings ?? {})));
	return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Sandbox: make something happen</title>
<style>
	:root { color-scheme: light dark; }
	body { font: 16px/1.5 system-ui, sans-serif; max-width: 48rem; margin: 2rem auto; padding: 0 1rem; }
	button { font: inherit; margin: 0 .5rem .5rem 0; padding: .3rem .8rem; cursor: pointer; }
	output { display: block; min-height: 6rem; padding: .8rem; border: 1px solid; border-radius: 4px; white-space: pre-wrap; font-family: ui-monospace, monospace; font-size: 13px; }
</style>
<h1>Make something happen</h1>
<p>Each button changes the invented data of the sandbox, as if somebody had worked there. A published workflow that begins with a trigger of the service starts within its polling interval.</p>
${sections.join('\n')}
<h2>What happened</h2>
<output aria-live="polite">Nothing yet.</output>
<script>
	const output = document.querySelector('output');
	for (const button of document.querySelectorAll('button')) {
		button.addEventListener('click', async () => {
			const answer = await fetch('/_control/' + button.dataset.path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' });
			output.textContent = new Date().toLocaleTimeString() + ' ' + JSON.stringify(await answer.json(), null, 2);
		});
	}
</script>
</html>
`;
}

function section(service: string, happenings: ReadonlyArray<readonly [name: string, { label: string }]>): string {
	const buttons = happenings.map(([name, { label }]) => `<button data-path="${service}/happen/${name}">${label}</button>`);
	return `<h2>${service}</h2>\n${buttons.join('\n')}`;
}
